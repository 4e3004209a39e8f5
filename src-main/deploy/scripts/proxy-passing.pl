# Requests on their way to webhook.

sub connect_inner {
    my ($c) = @_;
    socket $c->{inner}, PF_INET, SOCK_STREAM, 0 or return delete $c->{inner} && 0;
    own($c->{inner}, $c);
    connect $c->{inner}, sockaddr_in($inner_port, INADDR_LOOPBACK) or $!{EINPROGRESS} or return 0;
    @$c{qw(passing passed sent answer)} = (1, 0, 0, '');
    $at_once += 1;
    return 1;
}

sub pass_on {
    while ($ready && @queue && $at_once < most_at_once) {
        my $c = $queue[0];
        my $size = length $c->{in};
        last if $passed > 0 && $passed + $size > most_passed;
        shift @queue;
        # One whose time is over has its answer already.
        next unless $client{$c->{number}} && $c->{state} eq 'queued';
        $c->{until} = $now + to_be_answered;
        if (!connect_inner($c)) { pass_again($c); next }
        $c->{state} = 'passing';
        leave_place($c);
        $passed += $c->{passed} = $size;
        # It may answer before it has read all.
        watch(fileno $c->{inner}, 1, 1);
    }
    while ($ready && @streams && $at_once < most_at_once_tls) {
        my $c = shift @streams;
        next unless $client{$c->{number}} && $c->{state} eq 'await';
        if (!connect_inner($c)) { $ready = 0; drop($c); next }
        @$c{qw(state until)} = ('stream', $now + to_be_answered);
        watch(fileno $c->{inner}, 1, 0);
        watch(fileno $c->{handle}, 1, 0);
    }
}

# What was lost on its way to webhook is handed over again, as soon as webhook is seen to listen: the same body is not
# taken twice.
sub pass_again {
    my ($c) = @_;
    leave_inner($c);
    $ready = 0;
    return refuse($c, 503) if ($c->{answer} // '') ne '' || ($c->{tries} += 1) > 2;
    $c->{state} = 'queued';
    push @queue, $c;
}

sub inner_event {
    my ($c, $read) = @_;
    if ($c->{state} eq 'stream') { return $read ? relay($c, 'inner', 'handle') : flush_to($c, 'inner', 'handle') }
    if (!$read) {
        my $count = syswrite $c->{inner}, $c->{in}, 65536, $c->{sent};
        return if !defined $count && $!{EAGAIN};
        $c->{sent} += $count // 0;
        watch(fileno $c->{inner}, 1, 0) if !defined $count || $c->{sent} >= length $c->{in};
        return;
    }
    my $count = sysread $c->{inner}, $piece, 65536;
    return $!{EAGAIN} ? () : pass_again($c) unless defined $count;
    $c->{answer} .= $piece;
    return if $count && length $c->{answer} < 262_144;
    return pass_again($c) if $c->{answer} eq '';
    give($c, $c->{answer});
}

# With TLS only webhook can read a request; bytes are passed on as they come, and what webhook holds of them is bounded.
sub relay {
    my ($c, $from, $to) = @_;
    my $count = sysread $c->{$from}, my $part, 16_384;
    return if !defined $count && $!{EAGAIN};
    return drop($c) unless $count;
    $c->{seen} = $now;
    if ($from eq 'handle') {
        $passed += $count;
        $c->{passed} += $count;
        return drop($c) if $c->{passed} > largest_body_tls * 1.1;
    }
    $c->{"to_$to"} = $part;
    flush_to($c, $to, $from);
}

sub flush_to {
    my ($c, $to, $from) = @_;
    my $count = syswrite $c->{$to}, $c->{"to_$to"};
    return drop($c) unless defined $count || $!{EAGAIN};
    substr $c->{"to_$to"}, 0, $count // 0, '';
    my $rest = $c->{"to_$to"} ne '';
    vec($writes, fileno $c->{$to}, 1) = $rest;
    vec($reads, fileno $c->{$from}, 1) = $rest ? 0 : 1;
}

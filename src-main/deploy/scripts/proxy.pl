# The receiver's proxy: it alone is reached from outside. It holds few bytes of many connections, and hands requests that
# are whole and within bounds to Debian's webhook, a few at a time. All that others wait for stays in the kernel.
# Arguments: address, port, 1 where webhook speaks TLS, then webhook and its options. Only what perl-base has is used.
$0 = 'cloudaipilot-receiver';
$SIG{PIPE} = 'IGNORE';
$SIG{TERM} = $SIG{INT} = sub { $stopping ||= $now };
$SIG{HUP} = sub { $hang_up = 1 };
unlink 'ready';
END { kill 'TERM', $webhook if $webhook }

# All addresses are those of IPv6 too, where the kernel has it.
sub listen_at {
    my ($family, $address) = @_;
    socket my $socket, $family, SOCK_STREAM, 0 or return;
    setsockopt $socket, SOL_SOCKET, SO_REUSEADDR, 1;
    $family == PF_INET or setsockopt $socket, IPPROTO_IPV6, IPV6_V6ONLY, 0 or return;
    bind $socket, $address and listen $socket, 4096 or return;
    return $socket;
}
my $listener = $ip eq '0.0.0.0' && listen_at(PF_INET6, pack_sockaddr_in6($port, IN6ADDR_ANY));
$listener ||= listen_at(PF_INET, pack_sockaddr_in($port, inet_aton $ip))
    or die "error: listen tcp $ip:$port: bind: " . lc($!) . "\n";
own($listener, undef);
watch(fileno $listener, 1, 0);

sub take_connections {
    for (1 .. 100) {
        drop_oldest(1 + $most / 20) if $connections >= $most;
        my $handle;
        if (!accept $handle, $listener) {
            next if $!{EINTR} || $!{ECONNABORTED};
            return if $!{EAGAIN};
            # No descriptor is left. Who waits to be accepted is not asked for in a loop.
            next if drop_oldest(1 + $connections / 20);
            $full_until = $now + 2;
            return;
        }
        if ($connections >= $most) { close $handle; next }
        my $c = {
            number => $number += 1, handle => $handle, in => '', body => '', held => 0, looked => 0, came => 0, tries => 0,
            to_inner => '', to_handle => '', seen => $now, until => $now + to_arrive, state => $tls ? 'await' : 'head',
        };
        own($handle, $c);
        $client{$c->{number}} = $c;
        $connections += 1;
        if ($tls) { push @streams, $c } else { watch(fileno $handle, 1, 0) }
    }
}

sub look_at_clock {
    my @all = values %client;
    for my $c (@all) {
        if ($c->{state} eq 'stream' && @streams && $c->{seen} + idle_tls < $now) { drop($c) }
        elsif ($c->{state} eq 'body' && $c->{place} && $c->{since} + to_arrive_awaited < $now && @{ $paused{$c->{place}} }) { refuse($c, 408) }
        elsif ($c->{until} > $now) { next }
        elsif ($c->{state} =~ /^(?:head|body)$/) { refuse($c, 408) }
        elsif ($c->{state} =~ /^(?:queued|passing)$/) { refuse($c, 504) }
        else { drop($c) }
    }
    drop_oldest(1 + $connections / 4) if $held > most_held;
    $logged = 0;
    bound_log();
}

# What to wait for: what was asked for, without those that nothing is taken from now.
sub wanted_reads {
    my $wanted = $reads;
    # Beyond the bound nothing more is taken in; what is whole goes on to webhook and makes room.
    my $full = $held > most_held;
    if ($full) { for my $c (values %client) { vec($wanted, fileno $c->{handle}, 1) = 0 if $c->{state} =~ /^(?:head|body)$/ } }
    if ($tls && $passed > most_passed_tls) {
        # The oldest that has sent something goes on, so that some come to their end. The others that have are not idle:
        # it is this proxy that holds them back.
        my @going = @client{ sort { $a <=> $b } grep { $client{$_}{state} eq 'stream' } keys %client };
        my $sent = '';
        vec($sent, fileno $_->{handle}, 1) = 1 for @going;
        select $sent, undef, undef, 0;
        my ($next, @others) = grep { vec $sent, fileno $_->{handle}, 1 } @going;
        if ($next) { vec($wanted, fileno $_->{handle}, 1) = 0 for grep { $_ != $next } @going }
        $_->{seen} = $now for @others;
    }
    vec($wanted, fileno $listener, 1) = 0 if $listener && ($full || $full_until > $now);
    return $wanted;
}

start_webhook();
my $looked_at = 0;
while (1) {
    my ($read, $write) = (wanted_reads(), $writes);
    my $count = select $read, $write, undef, $ready && !$stopping ? 0.5 : 0.05;
    look_at_time();
    # Who was let in by the kernel is served before the end, as far as that may take.
    if ($stopping && $listener) { take_connections() for 1 .. 40; release($listener); undef $listener; $count ||= 1 }
    last if $stopping && ($stopping + to_stop < $now || $count == 0 && !$at_once && !@queue);
    # Before it listens webhook would end by this signal, and number 0 is everybody.
    if ($hang_up && $ready && $webhook) { $hang_up = 0; kill 'HUP', $webhook }
    if ($count > 0) {
        my $accepts = $listener && vec $read, fileno $listener, 1;
        for (['read', unpack 'b*', $read], ['write', unpack 'b*', $write]) {
            my ($kind, $bits) = @$_;
            while ($bits =~ /1/g) {
                my ($fd, $c) = (pos($bits) - 1);
                $c = $owner{$fd} or next;
                $c->{inner} && fileno $c->{inner} == $fd ? inner_event($c, $kind eq 'read') : client_event($c, $kind eq 'read');
            }
        }
        take_connections() if $accepts;
    }
    look_at_webhook() if !$ready || $now != $looked_at;
    if ($now != $looked_at) { $looked_at = $now; look_at_clock() }
    pass_on();
}
# What was not taken is said to be not taken, so that it comes again.
$_->{state} =~ /^(?:head|body|queued|passing)$/ and syswrite $_->{handle}, answer_of(503) for values %client;
unlink 'ready';

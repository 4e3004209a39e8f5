# The receiver's proxy: it alone is reached from outside. It holds few bytes of many connections, and hands requests that
# are whole and within bounds to Debian's webhook, a few at a time. All that others wait for stays in the kernel.
# Arguments: address, port, 1 where webhook speaks TLS, then webhook and its options. Only what perl-base has is used.
use constant {
    most_connections  => 2000,
    # A push lists at most 2,048 commits (GitHub). Of connections with TLS the type of a body can't be told to webhook.
    largest_body      => 8 * 1024 * 1024,
    largest_body_tls  => 512 * 1024,
    largest_head      => 16 * 1024,
    # Requests beyond these sizes need one of few places.
    small_request     => 64 * 1024,
    medium_request    => 256 * 1024,
    # Bytes of all requests held here, and of those that webhook has at one time.
    most_held         => 32 * 1024 * 1024,
    most_passed       => 768 * 1024,
    most_passed_tls   => 512 * 1024,
    # Requests that webhook has at one time; each may run a program. Of connections with TLS nothing is known.
    most_at_once      => 8,
    most_at_once_tls  => 128,
    # Seconds.
    to_arrive         => 15,
    to_arrive_awaited => 3,
    to_be_answered    => 60,
    to_be_read        => 5,
    idle_tls          => 5,
};

my ($ip, $port, $tls, @program) = @ARGV;
my (%client, %owner, @queue, @streams);
my ($reads, $writes, $held, $passed, $at_once, $connections) = ('', '', 0, 0, 0, 0);
my $piece = '';
my %places = (medium => 16, large => 2);
my %paused = (medium => [], large => []);
my ($webhook, $inner_port, $ready, $started, $starts, $stopping, $hang_up, $logged, $number) = (0) x 9;
$0 = 'cloudaipilot-receiver';
$SIG{PIPE} = 'IGNORE';
$SIG{TERM} = $SIG{INT} = sub { $stopping ||= time };
$SIG{HUP} = sub { $hang_up = 1 };
unlink 'ready';
END { kill 'TERM', $webhook if $webhook }

# Connections beyond that would leave no descriptors for webhook's side.
my $most = most_connections;
if (open my $limits, '<', '/proc/self/limits') {
    /^Max open files +(\d+)/ && $1 < $most + 300 and $most = $1 > 600 ? $1 - 300 : $1 / 2 for <$limits>;
}

sub watch { my ($fd, $read, $write) = @_; vec($reads, $fd, 1) = $read; vec($writes, $fd, 1) = $write }

sub own {
    my ($handle, $c) = @_;
    fcntl $handle, F_SETFL, fcntl($handle, F_GETFL, 0) | O_NONBLOCK;
    $owner{fileno $handle} = $c;
}

sub release { my ($handle) = @_; watch(fileno $handle, 0, 0); delete $owner{fileno $handle}; close $handle }

socket my $listener, PF_INET, SOCK_STREAM, 0 or die "error: $!\n";
setsockopt $listener, SOL_SOCKET, SO_REUSEADDR, 1;
bind $listener, sockaddr_in($port, inet_aton $ip) and listen $listener, 4096
    or die "error: listen tcp $ip:$port: bind: " . lc($!) . "\n";
own($listener, undef);
watch(fileno $listener, 1, 0);

# A free port of the loopback address, for webhook alone.
sub start_webhook {
    socket my $probe, PF_INET, SOCK_STREAM, 0 or die "error: $!\n";
    bind $probe, sockaddr_in(0, INADDR_LOOPBACK) or die "error: $!\n";
    ($inner_port) = sockaddr_in getsockname $probe;
    close $probe;
    ($started, $ready) = (time, 0);
    $webhook = fork // die "error: fork: $!\n";
    return if $webhook;
    $SIG{$_} = 'DEFAULT' for qw(PIPE TERM INT HUP);
    # It ends with this process, however that ends.
    my @tied = -x '/usr/bin/setpriv' ? ('/usr/bin/setpriv', '--pdeathsig', 'TERM', '--') : ();
    exec @tied, @program, '-ip', '127.0.0.1', '-port', $inner_port or exit 127;
}

# Whether webhook listens, and not somebody else on its port (proc(5), /proc/net/tcp).
sub look_at_webhook {
    if ($webhook && waitpid($webhook, 1) == $webhook) {
        unlink 'ready';
        ($webhook, $ready) = (0, 0);
        die "error: webhook ended\n" if $stopping || ($starts += 1) > 3;
    }
    # One that ends at once is not started in a hurry.
    start_webhook() if !$webhook && time > $started;
    return if $ready || !$webhook;
    open my $table, '<', '/proc/net/tcp' or die "error: /proc/net/tcp: $!\n";
    my $wanted = sprintf '0100007F:%04X', $inner_port;
    while (<$table>) {
        my (undef, $local, undef, $state, undef, undef, undef, $uid) = split;
        next unless $local eq $wanted && $state eq '0A';
        die "error: listen tcp 127.0.0.1:$inner_port: the port is another user's\n" if $uid != $>;
        ($ready, $starts) = (1, 0);
        open my $file, '>', 'ready' or die "error: ready: $!\n";
        print $file $$;
    }
}

# A line as webhook writes them, of calls that never came to it; not more than some a second.
sub tell_log {
    my ($c, $status) = @_;
    my $path = $c->{head}{path} // '';
    return if $path !~ m{^/hooks/[0-9a-f-]{1,64}$} || ($logged += 1) > 10;
    my ($s, $m, $h, $day, $month, $year) = gmtime;
    open my $log, '>>', 'log' or return;
    printf $log "[webhook] %d/%02d/%02d %02d:%02d:%02d [%06x] %d | 0 B | 0s | - | POST %s \n", $year + 1900, $month + 1, $day,
        $h, $m, $s, $c->{number} % 0x1000000, $status, $path;
}

sub bound_log {
    return if (-s 'log' // 0) < 4_000_000;
    open my $log, '+<', 'log' or return;
    seek $log, -500_000, 2;
    read $log, my $rest, 1_000_000;
    $rest =~ s/^[^\n]*\n//;
    truncate $log, 0;
    seek $log, 0, 0;
    print $log $rest;
}

# What a connection holds here, counted once.
sub count_held {
    my ($c) = @_;
    my $now = length($c->{in}) + length($c->{body});
    $held += $now - $c->{held};
    $c->{held} = $now;
}

# A place to arrive in, for the longer ones. Who has none is not read from meanwhile.
sub take_place {
    my ($c, $kind) = @_;
    return if ($c->{place} // '') eq $kind;
    leave_place($c);
    if ($places{$kind} > 0) {
        $places{$kind} -= 1;
        @$c{qw(place since until)} = ($kind, time, time + to_arrive);
    } else {
        @$c{qw(paused until)} = ($kind, time + to_be_answered);
        push @{ $paused{$kind} }, $c;
        watch(fileno $c->{handle}, 0, 0);
    }
}

# The place goes to who came last: of those who wait for long many may be there to be in the way.
sub leave_place {
    my ($c) = @_;
    my $kind = delete $c->{place} or return;
    $places{$kind} += 1;
    while (my $next = pop @{ $paused{$kind} }) {
        next unless $client{$next->{number}} && delete $next->{paused};
        watch(fileno $next->{handle}, 1, 0);
        return take_place($next, $kind);
    }
}

sub leave_inner {
    my ($c) = @_;
    release(delete $c->{inner}) if $c->{inner};
    return unless delete $c->{passing};
    $at_once -= 1;
    $passed -= delete $c->{passed};
}

sub drop {
    my ($c) = @_;
    leave_inner($c);
    leave_place($c);
    $held -= $c->{held};
    delete $client{$c->{number}};
    $connections -= 1;
    release($c->{handle});
}

# Nothing more is read of this request; its answer goes out, and what still comes is thrown away for a moment.
sub give {
    my ($c, $answer) = @_;
    leave_inner($c);
    delete $c->{paused};
    @$c{qw(in body out state until)} = ('', '', $answer, 'answer', time + to_be_read);
    count_held($c);
    leave_place($c);
    watch(fileno $c->{handle}, 0, 1);
}

sub refuse { my ($c, $status) = @_; tell_log($c, $status); give($c, answer_of($status)) }

sub take_request {
    my ($c) = @_;
    if ($c->{state} eq 'head') {
        my $from = $c->{looked} > 3 ? $c->{looked} - 3 : 0;
        pos($c->{in}) = $from;
        if ($c->{in} !~ /\r?\n\r?\n/g) {
            $c->{looked} = length $c->{in};
            refuse($c, 431) if length $c->{in} > largest_head;
            return;
        }
        my ($start, $end) = ($-[0], $+[0]);
        return refuse($c, 431) if $start > largest_head;
        $c->{head} = read_head(substr $c->{in}, 0, $start);
        substr $c->{in}, 0, $end, '';
        return refuse($c, $c->{head}{refuse}) if $c->{head}{refuse};
        return refuse($c, 413) if $c->{head}{length} > largest_body;
        @$c{qw(state left)} = ('body', 0);
        syswrite $c->{handle}, "HTTP/1.1 100 Continue\r\n\r\n" if $c->{head}{waits} && $c->{in} eq '';
    }
    my $whole;
    if ($c->{head}{chunked}) {
        $whole = eval { read_chunks(\$c->{in}, \$c->{body}, \$c->{left}) };
        return refuse($c, 400) if $@;
        # Chunks of one byte each are six times as much on their way.
        return refuse($c, 413) if length $c->{body} > largest_body || $c->{left} > largest_body || $c->{came} > 2 * largest_body;
    } else {
        $whole = length $c->{in} >= $c->{head}{length};
    }
    if (!$whole) {
        my $size = $c->{head}{chunked} ? length $c->{body} : $c->{head}{length};
        take_place($c, $size > medium_request ? 'large' : 'medium') if $size > small_request;
        return count_held($c);
    }
    if ($c->{head}{chunked}) { $c->{in} = $c->{body}; $c->{body} = '' }
    else { substr $c->{in}, $c->{head}{length}, length $c->{in}, '' }
    substr $c->{in}, 0, 0, write_head($c->{head}, length $c->{in}, medium_request);
    @$c{qw(body state until tries)} = ('', 'queued', time + to_be_answered, 0);
    count_held($c);
    watch(fileno $c->{handle}, 0, 0);
    push @queue, $c;
}

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
        my $size = length $queue[0]{in};
        last if $passed > 0 && $passed + $size > most_passed;
        my $c = shift @queue;
        next unless $client{$c->{number}};
        $c->{until} = time + to_be_answered;
        if (!connect_inner($c)) { refuse($c, 503); next }
        $c->{state} = 'passing';
        leave_place($c);
        $passed += $c->{passed} = $size;
        # It may answer before it has read all.
        watch(fileno $c->{inner}, 1, 1);
    }
    while ($ready && @streams && $at_once < most_at_once_tls) {
        my $c = shift @streams;
        next unless $client{$c->{number}};
        if (!connect_inner($c)) { drop($c); next }
        @$c{qw(state until)} = ('stream', time + to_be_answered);
        watch(fileno $c->{inner}, 1, 0);
        watch(fileno $c->{handle}, 1, 0);
    }
}

# What was lost on its way to webhook is handed over once more: the same body is not taken twice.
sub pass_again {
    my ($c) = @_;
    leave_inner($c);
    return refuse($c, 502) if $c->{answer} ne '' || ($c->{tries} += 1) > 2;
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
    $c->{seen} = time;
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

sub client_event {
    my ($c, $read) = @_;
    my $state = $c->{state};
    if ($state eq 'stream') { return $read ? relay($c, 'handle', 'inner') : flush_to($c, 'handle', 'inner') }
    if ($state eq 'answer') {
        my $count = syswrite $c->{handle}, $c->{out};
        return $!{EAGAIN} ? () : drop($c) unless defined $count;
        substr $c->{out}, 0, $count, '';
        return if $c->{out} ne '';
        shutdown $c->{handle}, 1;
        $c->{state} = 'ending';
        watch(fileno $c->{handle}, 1, 0);
        return;
    }
    if ($state eq 'ending') {
        # Closed at once, what still comes would take the answer away with it (RFC 9112 section 9.6).
        my $count = sysread $c->{handle}, $piece, 65536;
        return if !defined $count && $!{EAGAIN};
        drop($c) if !$count || ($c->{came} += $count) > 25 * largest_body;
        return;
    }
    # By way of one buffer for all: one of its own would stay as large as the largest piece that may come.
    my $count = sysread $c->{handle}, $piece, 65536;
    return if !defined $count && $!{EAGAIN};
    return drop($c) unless $count;
    $c->{in} .= $piece;
    $c->{came} += $count;
    take_request($c);
    count_held($c) if $client{$c->{number}};
}

# The oldest of those whose requests have not come whole.
sub drop_oldest {
    my ($count) = @_;
    my @waiting = sort { $a <=> $b } grep { $client{$_}{state} =~ /^(?:head|body|ending|await)$/ } keys %client;
    drop($client{$_}) for splice @waiting, 0, $count;
}

sub take_connections {
    for (1 .. 100) {
        drop_oldest(1 + $most / 20) if $connections >= $most;
        accept my $handle, $listener or return;
        if ($connections >= $most) { close $handle; next }
        my $c = {
            number => $number += 1, handle => $handle, in => '', body => '', held => 0, looked => 0, came => 0, tries => 0,
            to_inner => '', to_handle => '', seen => time, until => time + to_arrive, state => $tls ? 'await' : 'head',
        };
        own($handle, $c);
        $client{$c->{number}} = $c;
        $connections += 1;
        if ($tls) { push @streams, $c } else { watch(fileno $handle, 1, 0) }
    }
}

sub look_at_clock {
    my $now = time;
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

start_webhook();
my $looked_at = 0;
while (1) {
    # Beyond the bound nothing more is taken in; what is whole goes on to webhook and makes room.
    my $full = $held > most_held;
    my ($read, $write) = ($reads, $writes);
    if ($full) { for my $c (values %client) { vec($read, fileno $c->{handle}, 1) = 0 if $c->{state} =~ /^(?:head|body)$/ } }
    if ($tls && $passed > most_passed_tls) {
        # The oldest goes on, so that some come to their end.
        my @going = sort { $a <=> $b } grep { $client{$_}{state} eq 'stream' } keys %client;
        vec($read, fileno $client{$_}{handle}, 1) = 0 for @going[1 .. $#going];
    }
    vec($read, fileno $listener, 1) = 0 if $full || $stopping;
    my $count = select $read, $write, undef, $ready ? 0.5 : 0.05;
    if ($stopping && $listener) { release($listener); undef $listener; }
    last if $stopping && (!$at_once || $stopping + 2 < time);
    if ($hang_up) { $hang_up = 0; kill 'HUP', $webhook }
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
    look_at_webhook() if !$ready || time != $looked_at;
    if (time != $looked_at) { $looked_at = time; look_at_clock() }
    pass_on();
}
unlink 'ready';

# What the receiver's proxy may hold, and what it holds now.
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
    to_stop           => 2,
    idle_tls          => 5,
};

my ($ip, $port, $tls, @program) = @ARGV;
my (%client, %owner, @queue, @streams);
my ($reads, $writes, $held, $passed, $at_once, $connections) = ('', '', 0, 0, 0, 0);
my $piece = '';
my %places = (medium => 16, large => 2);
my %paused = (medium => [], large => []);
my ($webhook, $inner_port, $ready, $started, $starts, $stopping, $hang_up, $logged, $number, $full_until) = (0) x 10;

# Seconds since the system started: a clock that nobody sets (proc(5), /proc/uptime).
my $now = 0;
open my $uptime, '<', '/proc/uptime' or die "error: /proc/uptime: $!\n";
sub look_at_time {
    sysseek $uptime, 0, 0;
    sysread $uptime, my $text, 64 or die "error: /proc/uptime: $!\n";
    ($now) = $text =~ /^(\d+)/;
}
look_at_time();

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

# What a connection holds here, counted once.
sub count_held {
    my ($c) = @_;
    my $bytes = length($c->{in}) + length($c->{body});
    $held += $bytes - $c->{held};
    $c->{held} = $bytes;
}

# A place to arrive in, for the longer ones. Who has none is not read from meanwhile.
sub take_place {
    my ($c, $kind) = @_;
    return if ($c->{place} // '') eq $kind;
    leave_place($c);
    if ($places{$kind} > 0) {
        $places{$kind} -= 1;
        @$c{qw(place since until)} = ($kind, $now, $now + to_arrive);
    } else {
        @$c{qw(paused until)} = ($kind, $now + to_be_answered);
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

# The oldest of those whose requests have not come whole. Answers how many.
sub drop_oldest {
    my ($count) = @_;
    my @waiting = sort { $a <=> $b } grep { $client{$_}{state} =~ /^(?:head|body|ending|await)$/ } keys %client;
    my @dropped = splice @waiting, 0, $count;
    drop($client{$_}) for @dropped;
    return scalar @dropped;
}

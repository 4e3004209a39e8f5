# webhook behind the proxy, and the log that both write.

# A free port of the loopback address, for webhook alone. What fails for want of room is tried again a second later.
sub start_webhook {
    ($started, $ready) = ($now, 0);
    my $probe;
    socket $probe, PF_INET, SOCK_STREAM, 0 and bind $probe, sockaddr_in(0, INADDR_LOOPBACK)
        or return $starts ||= warn "error: socket: $!\n";
    ($inner_port) = sockaddr_in getsockname $probe;
    close $probe;
    my $child = fork // return $starts ||= warn "error: fork: $!\n";
    return $webhook = $child if $child;
    $SIG{$_} = 'DEFAULT' for qw(PIPE TERM INT HUP);
    # It ends with this process, however that ends.
    my @tied = -x '/usr/bin/setpriv' ? ('/usr/bin/setpriv', '--pdeathsig', 'TERM', '--') : ();
    exec @tied, @program, '-ip', '127.0.0.1', '-port', $inner_port or exit 127;
}

# Whether webhook listens on its port, and no other program (proc(5), /proc/net/tcp).
sub look_at_webhook {
    if ($webhook && waitpid($webhook, 1) == $webhook) {
        unlink 'ready';
        ($webhook, $ready) = (0, 0);
        die "error: webhook ended\n" if !$stopping && ($starts += 1) > 3;
    }
    # One that ends at once is not started in a hurry.
    start_webhook() if !$webhook && !$stopping && $now > $started;
    return if $ready || !$webhook;
    open my $table, '<', '/proc/net/tcp' or return;
    my $wanted = sprintf '0100007F:%04X', $inner_port;
    while (<$table>) {
        my (undef, $local, undef, $state, undef, undef, undef, $uid) = split;
        next unless $local eq $wanted && $state eq '0A';
        die "error: listen tcp 127.0.0.1:$inner_port: the port is another user's\n" if $uid != $>;
        if (!-e 'ready') {
            open my $file, '>', 'ready' or return;
            print $file $$;
        }
        return ($ready, $starts) = (1, 0);
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

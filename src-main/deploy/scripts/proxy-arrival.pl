# Requests on their way in, and answers on their way out.

# Nothing more is read of this request; its answer goes out, and what still comes is thrown away for a moment.
sub give {
    my ($c, $answer) = @_;
    leave_inner($c);
    delete $c->{paused};
    @$c{qw(in body out state until)} = ('', '', $answer, 'answer', $now + to_be_read);
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
    @$c{qw(body state until tries)} = ('', 'queued', $now + to_be_answered, 0);
    count_held($c);
    watch(fileno $c->{handle}, 0, 0);
    push @queue, $c;
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

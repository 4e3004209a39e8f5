use strict;
use warnings;
use Errno;
use Fcntl qw(F_GETFL F_SETFL O_NONBLOCK);
use Socket qw(:DEFAULT IN6ADDR_ANY IPPROTO_IPV6 IPV6_V6ONLY);

# Requests of HTTP/1.1 (RFC 9112) as the receiver's proxy takes them: one a connection, read whole, within bounds.

# Headers that concern one connection only (RFC 9110 section 7.6.1), and those that are written anew.
my %dropped = map { $_ => 1 } qw(connection keep-alive proxy-connection te trailer upgrade expect content-length transfer-encoding content-type);

# A head without its empty line: {refuse => status}, or {first, fields, length, chunked, waits, path}.
sub read_head {
    my ($first, @lines) = split /\r?\n/, $_[0];
    my ($method, $path, $minor) = ($first // '') =~ m{^([A-Z]{1,16}) (/[\x21-\x7e]{0,2047}) HTTP/1\.([01])$}
        or return { refuse => 400 };
    my ($fields, %value) = ('');
    for my $line (@lines) {
        # Nothing here goes back over what it took: sixteen thousand blanks would cost seconds.
        my ($name, $value) = $line =~ /^([!#\$%&'*+.^_`|~0-9A-Za-z-]++):([^\x00-\x08\x0a-\x1f\x7f]*+)$/
            or return { refuse => 400 };
        $value =~ s/^[ \t]++//;
        $value =~ s/(?<![ \t])[ \t]++$//;
        my $key = lc $name;
        # Two lengths are two opinions of where a body ends.
        return { refuse => 400 } if exists $value{$key} && $key =~ /^(?:content-length|transfer-encoding|host)$/;
        $value{$key} = $value;
        $fields .= "$name: $value\r\n" unless $dropped{$key};
    }
    my ($length, $coding) = @value{qw(content-length transfer-encoding)};
    return { refuse => 400 } if defined $length && (defined $coding || $length !~ /^\d{1,15}$/);
    # HTTP/1.0 knows no coding (section 6.1): what stands before this proxy may not have seen it.
    return { refuse => 400 } if defined $coding && !$minor;
    return { refuse => 501 } if defined $coding && lc $coding ne 'chunked';
    return {
        first => "$method $path HTTP/1.1", fields => $fields, path => $path, method => $method,
        type => $value{'content-type'} // '', length => $length // 0, chunked => defined $coding,
        waits => $minor && lc($value{expect} // '') eq '100-continue',
    };
}

# Moves what has come of a chunked body (section 7.1) from $$in to $$body. True at its end; dies when it is none.
sub read_chunks {
    my ($in, $body, $left) = @_;
    while (1) {
        if ($$left > 0) {
            my $part = substr $$in, 0, $$left, '';
            $$body .= $part;
            $$left -= length $part;
            return 0 if $$left > 0;
            $$left = -1;
        }
        if ($$left == -1) {
            return 0 if length $$in < 2;
            $$in =~ s/^\r\n// or die "chunk\n";
            $$left = 0;
        }
        if ($$left == -2) {
            # Trailers are of no use to anybody here.
            return 1 if $$in =~ s/^\r\n//;
            $$in =~ s/^[^\r\n]+\r\n// or return length $$in > 8192 ? die "trailer\n" : 0;
            next;
        }
        $$in =~ s/^([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]{0,200})?\r\n// or return length $$in > 256 || $$in =~ /^[^0-9A-Fa-f]/ ? die "size\n" : 0;
        $$left = hex $1 || -2;
    }
}

my %reasons = (
    400 => 'Bad Request', 408 => 'Request Timeout', 413 => 'Content Too Large', 415 => 'Unsupported Media Type',
    431 => 'Request Header Fields Too Large', 501 => 'Not Implemented', 502 => 'Bad Gateway', 503 => 'Service Unavailable',
    504 => 'Gateway Timeout',
);

# The head of a request as webhook is given it, written anew, so that both are of one opinion about where it ends. Only
# JSON that is not too long is called so: what webhook makes of it, before it looks at the signature, takes fifty times
# its size. The type is written anew too: webhook looks for its words anywhere in it.
sub write_head {
    my ($head, $length, $longest) = @_;
    my $type = $head->{type} =~ m{json}i && $length <= $longest ? 'application/json' : 'application/octet-stream';
    return "$head->{first}\r\n$head->{fields}Content-Type: $type\r\nContent-Length: $length\r\nConnection: close\r\n\r\n";
}

sub answer_of {
    my ($status) = @_;
    my $text = $status == 413 ? "too-large\n" : lc($reasons{$status}) . "\n";
    return "HTTP/1.1 $status $reasons{$status}\r\nContent-Type: text/plain\r\nContent-Length: " . length($text) .
        "\r\nConnection: close\r\n\r\n$text";
}

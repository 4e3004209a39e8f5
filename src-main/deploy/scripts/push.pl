# What a push comes to for one branch of one repository. Its body is JSON (RFC 8259) and may name any number of branches
# and tags. Arguments: the file with the body, the place of the repository's id in it, that id, the branch.
use strict;

my ($file, $place_of_id, $id, $branch) = @ARGV;
open my $body, '<', $file or die "error: $file: $!\n";
local $_ = do { local $/; <$body> };

# The bytes that an escape stands for.
sub unescaped {
    my ($escape) = @_;
    return { b => "\b", f => "\f", n => "\n", r => "\r", t => "\t" }->{$escape} // $escape if length $escape == 1;
    my $code = hex substr $escape, 1;
    if ($code >= 0xd800 && $code < 0xdc00 && /\G\\u(d[c-f][0-9a-f]{2})/gci) {
        $code = 0x10000 + (($code - 0xd800) << 10) + hex($1) - 0xdc00;
    }
    no warnings;
    my $text = chr $code;
    utf8::encode($text);
    return $text;
}

# The rest of a text, from behind its first quote.
sub text {
    my $text = '';
    while (1) {
        if (/\G([^"\\]+)/gc) { $text .= $1 }
        elsif (/\G\\(u[0-9a-f]{4}|.)/gcis) { $text .= unescaped($1) }
        else { /\G"/gc; return $text }
    }
}

# Names of the members on the way to where we are; undefined in a list. Values are kept by their place, those of one change
# of several until that change ends.
my (@way, %value, @changes);
sub place { join '.', map { $_ // '*' } @way }
sub keep { $value{ place() } = $_[0] if @way <= 5 }

my $lists = 'push\.changes\.\*|changes\.\*';
sub end_change {
    pop @way;
    return if @way > 3 || place() !~ /^($lists)$/o;
    my %change;
    for my $name (grep { /^(?:$lists)\.(.+)$/o } keys %value) {
        $name =~ /^(?:$lists)\.(.+)$/o;
        $change{$1} = delete $value{$name};
    }
    push @changes, \%change;
}

while (1) {
    /\G[\s,]+/gc;
    if (/\G\{/gc) { push @way, '' }
    elsif (/\G\[/gc) { push @way, undef }
    elsif (/\G[\]}]/gc) { end_change() }
    elsif (/\G"/gc) {
        my $text = text();
        if (@way && defined $way[-1] && /\G\s*:/gc) { $way[-1] = $text }
        else { keep($text) }
    }
    elsif (/\G([^\s,\[\]{}":]+)/gc) { keep($1 eq 'null' ? undef : $1) }
    else { last }
}

if ($place_of_id ne '' && ($value{$place_of_id} // '') ne $id) {
    print "other-repository\n";
    exit;
}

# Whether the branch is gone, for each time that it is named. A name alone is that of a branch or of a tag, as the member
# beside it says.
my @gone;
sub whole { push @gone, $_[1] if ($_[0] // '') eq "refs/heads/$branch" }
sub bare { whole("refs/heads/$_[0]", $_[2]) unless ($_[1] // 'branch') =~ /tag/i }

# docs.github.com, docs.gitlab.com and forgejo.org name one reference, and no commit after one that was deleted. Events on
# the making and the deletion of a reference have its kind; only the first have more than that.
if (defined $value{ref_type}) {
    my $made = defined $value{after} || defined $value{master_branch} || defined $value{sha};
    bare($value{ref}, $value{ref_type}, !$made);
} elsif (defined $value{ref}) {
    my $gone = ($value{deleted} // '') eq 'true' || ($value{after} // '') =~ /^0+$/;
    $value{ref} =~ m{^refs/} ? whole($value{ref}, $gone) : bare($value{ref}, undef, $gone);
}
for my $change (@changes) {
    # support.atlassian.com/bitbucket-cloud, "Event payloads": a branch or a tag as it was and as it is.
    if (defined $change->{'new.name'}) { bare($change->{'new.name'}, $change->{'new.type'}, 0) }
    elsif (defined $change->{'old.name'}) { bare($change->{'old.name'}, $change->{'old.type'}, 1) }
    # confluence.atlassian.com/bitbucketserver, "Event payload": a whole reference.
    whole($change->{'ref.id'}, ($change->{type} // '') eq 'DELETE');
}

print !@gone ? "ignored-branch\n" : (grep { !$_ } @gone) ? "deployed\n" : "branch-deleted\n";

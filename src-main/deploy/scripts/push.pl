# What a push comes to for one branch of one repository. Its body is JSON (RFC 8259) and may name any number of branches
# and tags. Arguments: the file with the body, the place of the repository's id in it, that id, the branch. Time and memory
# grow with the body's length and no faster, whatever stands in it.
use strict;

my ($file, $place_of_id, $id, $branch) = @ARGV;
open my $body, '<', $file or die "error: $file: $!\n";
local $_ = do { local $/; <$body> };

# The bytes that a number stands for.
sub utf8_of {
    my $text = chr $_[0];
    no warnings;
    utf8::encode($text);
    return $text;
}

# No name of a branch is longer than a path may be, which is 4,096 bytes, each at most six characters here.
my $longest = 6 * 4096;
my %control = (b => "\b", f => "\f", n => "\n", r => "\r", t => "\t");
sub unescaped {
    my ($text) = @_;
    return '' if length $text > $longest;
    $text =~ s{\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})|\\u([0-9a-f]{4})|\\(.)}{
        defined $1 ? utf8_of(0x10000 + ((hex($1) - 0xd800) << 10) + hex($2) - 0xdc00)
      : defined $3 ? utf8_of(hex $3) : $control{$4} // $4
    }gies;
    return $text;
}

# The rest of a text as it stands there, from behind its first quote.
sub text {
    my $from = pos;
    1 while /\G[^"\\]+/gc || /\G(?:\\.){1,1000}/gcs;
    my $text = substr $_, $from, pos() - $from;
    /\G"/gc;
    return $text;
}

# The members that are read, by their places: `*` is any place in a list, and a name that holds a stop is none of them.
my $in_change = qr/(?:push\.)?changes\.\*/;
my $of_change = qr/^$in_change\.((?:new|old)\.(?:name|type)|ref\.id|type)$/;
my $of_push   = qr/^(?:ref|ref_type|after|deleted|master_branch|sha|\Q$place_of_id\E)$/;
my $deepest   = 5;

# Names of the members on the way to where we are; undefined in a list. Levels below the deepest are only counted.
my (@way, %push, %change);
my $below = 0;
sub place { join '.', map { $_ // '*' } @way }

sub keep {
    my ($text) = @_;
    my $place = place();
    if ($place =~ $of_change) { $change{$1} = $text }
    elsif ($place =~ $of_push) { $push{$place} = $text }
}

# How often the branch is named as one that is there, and as one that is gone. A name alone is that of a branch or of a tag,
# as the member beside it says.
my %named = (there => 0, gone => 0);
sub whole { $named{ $_[1] ? 'gone' : 'there' }++ if ($_[0] // '') eq "refs/heads/$branch" }
sub bare { whole("refs/heads/$_[0]", $_[2]) unless ($_[1] // 'branch') =~ /tag/i }

sub judge_change {
    # support.atlassian.com/bitbucket-cloud, "Event payloads": a branch or a tag as it was and as it is.
    if (defined $change{'new.name'}) { bare($change{'new.name'}, $change{'new.type'}, 0) }
    elsif (defined $change{'old.name'}) { bare($change{'old.name'}, $change{'old.type'}, 1) }
    # confluence.atlassian.com/bitbucketserver, "Event payload": a whole reference.
    whole($change{'ref.id'}, ($change{type} // '') eq 'DELETE');
    %change = ();
}

# Leaves the innermost object or list; false where there is none.
sub leave {
    return $below-- if $below;
    return 0 unless @way;
    pop @way;
    judge_change() if %change && place() =~ /^$in_change$/;
    return 1;
}

BODY: until (/\G\z/gc) {
    my $in_object = !$below && @way && defined $way[-1];
    if (/\G"/gc) {
        my $text = text();
        next unless $in_object;
        if (/\G\s*:\s*/gc) { ($way[-1] = unescaped($text)) =~ tr/.*/  / }
        else { keep(unescaped($text)) }
    }
    elsif (@way >= $deepest && /\G([\[{]+)/gc) { $below += length $1 }
    elsif (/\G([\[{])/gc) { push @way, $1 eq '{' ? '' : undef }
    elsif (/\G([\]}]+)/gc) {
        for (my $ends = length $1; $ends > 0; $ends--) { leave() or last BODY }
    }
    elsif ($in_object && /\G([^\s,\[\]{}":]+)/gc) { keep($1 eq 'null' ? undef : $1) }
    else { /\G[^"\[\]{}]+/gc }
}

if ($place_of_id ne '' && ($push{$place_of_id} // '') ne $id) {
    print "other-repository\n";
    exit;
}

# docs.github.com, docs.gitlab.com and forgejo.org name one reference, and no commit after one that was deleted. Events on
# the making and the deletion of a reference have its kind; only the first have more than that.
if (defined $push{ref_type}) {
    my $made = defined $push{after} || defined $push{master_branch} || defined $push{sha};
    bare($push{ref}, $push{ref_type}, !$made);
} elsif (defined $push{ref}) {
    my $gone = ($push{deleted} // '') eq 'true' || ($push{after} // '') =~ /^0+$/;
    $push{ref} =~ m{^refs/} ? whole($push{ref}, $gone) : bare($push{ref}, undef, $gone);
}

print $named{there} ? "deployed\n" : $named{gone} ? "branch-deleted\n" : "ignored-branch\n";

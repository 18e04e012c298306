"""Near-identical submissions: what students share with one another, and with our solution, beyond the starter, by copydetect's fingerprints of the code without names and comments."""
import io

import joblib
import numpy as np
from scipy import sparse

K, ENOUGH = 25, 0.8  # characters of a fingerprint; share from which two are shown
LONGEST = 100_000  # characters: nobody writes as much
WIDEST = 200  # characters of a line: the expressions that find the tokens take for ever on long ones
FEW = 100  # texts: as long as it takes to start processes for more
LEAST = 100  # fingerprints beyond the starter: two who have written two lines are not alike


def alike(texts, starter, ours="", jobs=1):
    """Whose own text is nearly the same, of {student: text}: ([(students, least share, greatest share)] of the groups, [(student, share with `ours`)]).

    A share is what the smaller of two has in common with the other: it stays high where the copy was added to.
    In a group each shares enough with another one. The most alike come first.
    """
    texts = {student: text for student, text in texts.items() if len(text) <= LONGEST}
    bare = joblib.Parallel(jobs if len(texts) > FEW else 1)(joblib.delayed(_bare)(text) for text in [starter, ours, *texts.values()])
    known, our, *fingerprints = map(_fingerprints, bare)
    own = {student: found - known for student, found in zip(texts, fingerprints) if len(found - known) >= LEAST}
    with_ours = [(student, len(mine & our - known) / min(len(mine), len(our - known))) for student, mine in own.items()] if len(our - known) >= LEAST else []
    return _groups(own) if len(own) > 1 else [], sorted([(s, share) for s, share in with_ours if share >= ENOUGH], key=lambda row: -row[1])


def _groups(own):
    """The groups in {student: fingerprints}."""
    students, column = list(own), {}
    entries = [(row, column.setdefault(h, len(column))) for row, hashes in enumerate(own.values()) for h in hashes]
    rows, columns = np.array(entries).T
    matrix = sparse.csr_array((np.ones(len(rows), np.float32), (rows, columns)), (len(own), len(column)))
    common, sizes = (matrix @ matrix.T).toarray(), matrix.sum(axis=1)
    share = common / np.minimum.outer(sizes, sizes)
    np.fill_diagonal(share, 0)
    share[share < ENOUGH] = 0
    count, label = sparse.csgraph.connected_components(share > 0, directed=False)
    groups = []
    for members in (np.flatnonzero(label == k) for k in range(count) if np.sum(label == k) > 1):
        inside = share[np.ix_(members, members)]
        closest = inside.max(axis=1)
        groups.append(([students[members[i]] for i in np.argsort(-closest, kind="stable")], float(inside[inside > 0].min()), float(closest.max())))
    return sorted(groups, key=lambda group: (-group[2], -len(group[0])))


def _bare(text):
    """A module without comments and white space, its names cut to a letter; nearly all of the time goes here."""
    import copydetect.utils  # with pygments and matplotlib: only who compares pays for it
    short = "\n".join(line[:WIDEST] for line in text.split("\n"))
    return copydetect.utils.filter_code(short, "submission.py")[0]


def _fingerprints(bare):
    import copydetect
    return copydetect.CodeFingerprint("submission.py", K, 1, filter=False, fp=io.StringIO(bare)).hashes

"""Near-identical submissions: what two students share beyond the starter, by copydetect's fingerprints of the code without names and comments."""
import io

import joblib
import numpy as np
from scipy import sparse

K, ENOUGH, MOST = 25, 0.8, 100  # characters of a fingerprint; share from which a pair is shown; pairs shown
LONGEST = 100_000  # characters: nobody writes as much
WIDEST = 200  # characters of a line: the expressions that find the tokens take for ever on long ones
LEAST = 100  # fingerprints beyond the starter: two who have written two lines are not alike


def pairs(texts, starter, jobs=1):
    """[(a, b, share)] of the pairs in {student: text} whose own text is nearly the same, the most alike first.

    The share is what the smaller one has in common with the other: it stays high where the copy was added to.
    """
    texts = {student: text for student, text in texts.items() if len(text) <= LONGEST}
    bare = joblib.Parallel(jobs)(joblib.delayed(_bare)(text) for text in [starter, *texts.values()])
    known, *fingerprints = map(_fingerprints, bare)
    own = {student: found - known for student, found in zip(texts, fingerprints) if len(found - known) >= LEAST}
    if len(own) < 2:
        return []
    students, column = list(own), {}
    entries = [(row, column.setdefault(h, len(column))) for row, hashes in enumerate(own.values()) for h in hashes]
    rows, columns = np.array(entries).T
    matrix = sparse.csr_array((np.ones(len(rows), np.float32), (rows, columns)), (len(own), len(column)))
    common, sizes = (matrix @ matrix.T).toarray(), matrix.sum(axis=1)
    share = np.triu(common / np.minimum.outer(sizes, sizes), 1)
    a, b = np.nonzero(share >= ENOUGH)
    order = np.lexsort((b, a, -share[a, b]))[:MOST]
    return [(students[i], students[j], float(share[i, j])) for i, j in zip(a[order], b[order])]


def _bare(text):
    """A module without comments and white space, its names cut to a letter; nearly all of the time goes here."""
    import copydetect.utils  # with pygments and matplotlib: only who compares pays for it
    short = "\n".join(line[:WIDEST] for line in text.split("\n"))
    return copydetect.utils.filter_code(short, "submission.py")[0]


def _fingerprints(bare):
    import copydetect
    return copydetect.CodeFingerprint("submission.py", K, 1, filter=False, fp=io.StringIO(bare)).hashes

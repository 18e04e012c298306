"""Near-identical submissions: what two students share beyond the starter, by copydetect's fingerprints of the code without names and comments."""
import io

import numpy as np
from scipy import sparse

K, ENOUGH, MOST = 25, 0.8, 100  # characters of a fingerprint; share from which a pair is shown; pairs shown
LEAST = 100  # fingerprints beyond the starter: two who have written two lines are not alike


def pairs(texts, starter):
    """[(a, b, share)] of the pairs in {student: text} whose own text is nearly the same, the most alike first.

    The share is what the smaller one has in common with the other: it stays high where the copy was added to.
    """
    import copydetect  # with pygments and matplotlib: only who compares pays for it
    known = copydetect.CodeFingerprint("starter.py", K, 1, fp=io.StringIO(starter)).hashes
    own = {student: copydetect.CodeFingerprint("submission.py", K, 1, fp=io.StringIO(text)).hashes - known for student, text in texts.items()}
    own = {student: hashes for student, hashes in own.items() if len(hashes) >= LEAST}
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

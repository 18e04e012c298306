"""Taking all there is: memory, stack, disk, descriptors."""
import os
import sys


def mse_loss__grows_a_list(y_true, y_pred):
    """Doubles until the limit."""
    x = [0]
    while True:
        x += x


def mse_loss__one_huge_array(y_true, y_pred):
    """Eight terabytes."""
    return np.ones(10**12)


def mse_loss__touches_every_page(y_true, y_pred):
    """Real memory, not only addresses."""
    return [np.ones(10**7) for _ in range(10**6)]


def mse_loss__recursion(y_true, y_pred):
    """Calls itself for ever."""
    return mse_loss(y_true, y_pred)


def mse_loss__recursion_without_a_limit(y_true, y_pred):
    """Runs over the end of the C stack."""
    sys.setrecursionlimit(10**9)
    return mse_loss(y_true, y_pred)


def mse_loss__answer_nested_deeply(y_true, y_pred):
    """A list in a list in a list, deeper than any reader's stack."""
    x = []
    for _ in range(100_000):
        x = [x]
    return x


def mse_loss__answer_nested_just_below_the_limit(y_true, y_pred):
    """Deep enough to arrive, too deep for whoever wants to show it."""
    x = []
    for _ in range(int(sys.getrecursionlimit() * 0.93) - 60):
        x = [x]
    return x


def mse_loss__answer_contains_itself(y_true, y_pred):
    """A list without end."""
    x = []
    x.append(x)
    return x


def mse_loss__answer_of_a_gigabyte(y_true, y_pred):
    """Too large to send back."""
    return np.zeros(10**9, np.uint8)


def mse_loss__answer_of_fifteen_megabytes(y_true, y_pred):
    """Allowed, but a grading must not keep one for every call."""
    return np.zeros(15_000_000, np.uint8)


def mse_loss__long_text_among_short_ones(y_true, y_pred):
    """A megabyte of text of which numpy would make a table of 80 gigabytes."""
    return ["x" * 10**6, *[""] * 20_000]


def mse_loss__number_with_many_digits(y_true, y_pred):
    """Python refuses to write down an integer of more than 4300 digits."""
    return 10**5000


def mse_loss__fills_the_disk(y_true, y_pred):
    """One file that grows."""
    with open("large", "wb") as f:
        while True:
            f.write(bytes(1 << 20))


def mse_loss__file_of_one_terabyte(y_true, y_pred):
    """A sparse file: no bytes, but a size."""
    with open("large", "wb") as f:
        f.truncate(1 << 40)


def mse_loss__folders_in_folders(y_true, y_pred):
    """Deeper than a recursive delete can follow, in the worker's own folder."""
    for _ in range(1100):
        os.mkdir("d")
        os.chdir("d")
    return 0.0


def mse_loss__thousands_of_files(y_true, y_pred):
    """All of them are gone afterwards."""
    for i in range(5000):
        open(str(i), "w").close()
    return 0.0


def mse_loss__all_descriptors(y_true, y_pred):
    """Opens until there are none left."""
    return [os.dup(0) for _ in range(10**6)]


def mse_loss__memory_outside_the_address_space(y_true, y_pred):
    """Pages of an anonymous file do not count as the process's own."""
    os.memfd_create("hoard")
    print("BREACH")

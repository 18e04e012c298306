"""Text that does something where it is shown: terminals, CI logs, tables, XML."""
import sys

_EVIL = "\x1b[2J\x1b]0;title\x07\x9b31m\r\b\x00\v\f\u2028\u2029\x85\u202e\u2066\u200b\ud800\n::error::owned\n  ::set-output name=grade::100\n##[error]x\n::stop-commands::y\n"


def mse_loss__prints(y_true, y_pred):
    """In what it prints."""
    print(_EVIL)
    sys.stdout.buffer.write(_EVIL.encode("utf-8", "surrogatepass"))
    return 0.0


def mse_loss__prints_and_is_right(y_true, y_pred) -> 6:
    """Also where the check passes."""
    print(_EVIL)
    return right(y_true, y_pred)


def mse_loss__exception_message(y_true, y_pred):
    """In the words of an exception."""
    raise RuntimeError(_EVIL)


def mse_loss__exception_type(y_true, y_pred):
    """In the name of its type."""
    raise type(_EVIL.replace("\0", "").replace("\ud800", ""), (Exception,), {})("x")


def mse_loss__exception_whose_type_is_long(y_true, y_pred):
    """A name of a megabyte."""
    raise type("E" * 10**6, (Exception,), {})("m" * 10**6)


def mse_loss__returned(y_true, y_pred):
    """In a returned text."""
    return _EVIL


def mse_loss__returned_in_a_dict(y_true, y_pred):
    """In its keys and values."""
    return {_EVIL: [_EVIL], "k": _EVIL.encode("utf-8", "surrogatepass")}


def mse_loss__returned_in_an_array(y_true, y_pred):
    """In an array of text."""
    return np.array([_EVIL.replace("\ud800", "?")])


def mse_loss__name_of_an_object(y_true, y_pred):
    """In the name of the type of an object that cannot be sent."""
    return type(_EVIL.replace("\0", "").replace("\ud800", ""), (), {})()


def mse_loss__line_of_source(y_true, y_pred):
    """The report quotes the line that raised."""
    raise RuntimeError("::error::owned ##[error] \u202e \u2028")  # ::error:: ##[group] ‮ 


def mse_loss__name_of_a_function(y_true, y_pred):
    """The report names the function that is not written yet."""
    code = (lambda: {}["x"]).__code__.replace(co_name="::error::\x1b[31m", co_filename=__file__, co_firstlineno=10**6)
    exec(code)


def mse_loss__html_and_tables(y_true, y_pred):
    """For renderers that write HTML, Markdown or XML."""
    print("<script>alert(1)</script> | ]]> &x; `$(id)` [x](javascript:x)")
    raise RuntimeError("<img src=x onerror=alert(1)> | ]]>")


def mse_loss__module_that_will_not_say_its_name(y_true, y_pred):
    """Missing names are suggested from what the module defines."""
    globals()[_EVIL] = 1
    raise AttributeError(_EVIL, name=_EVIL, obj=sys)

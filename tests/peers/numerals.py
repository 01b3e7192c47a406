"""Runs the suites of cn2an, as its package ships them, against the program.

The suites import their classes from beside them, so they are laid beside ours in a
directory that is thrown away. The suite of an2cn, which writes numbers for cheques in
styles that no report uses, is not run.
"""

import importlib.util
import pathlib
import shutil
import sys
import tempfile
import unittest

here = pathlib.Path(__file__).parent
package = pathlib.Path(importlib.util.find_spec("cn2an").origin).parent

with tempfile.TemporaryDirectory() as directory:
    home = pathlib.Path(directory)
    shutil.copytree(here / "cn2an", home / "shim")
    shutil.copy(here / "ask.py", home)
    (home / "shim" / "__init__.py").write_text("")
    for suite in ("cn2an_test.py", "transform_test.py"):
        shutil.copy(package / suite, home / "shim")
    sys.path.insert(0, str(home))
    names = ["shim.cn2an_test", "shim.transform_test"]
    suites = unittest.defaultTestLoader.loadTestsFromNames(names)
    result = unittest.TextTestRunner(stream=sys.stderr).run(suites)

print(result.testsRun, len(result.failures) + len(result.errors))

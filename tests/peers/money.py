"""Runs the money suites of a JioNLP checkout (ZHENZHANG_JIONLP names it) against the program."""

import os
import pathlib
import sys
import unittest

here = pathlib.Path(__file__).parent
sys.path[:0] = [str(here), str(pathlib.Path(os.environ["ZHENZHANG_JIONLP"]) / "test")]

names = ["test_money_parser", "test_money_extractor"]
suites = unittest.defaultTestLoader.loadTestsFromNames(names)
result = unittest.TextTestRunner(stream=sys.stderr).run(suites)
print(result.testsRun, len(result.failures) + len(result.errors))

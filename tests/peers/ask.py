"""Asks the program about one line; ZHENZHANG names it."""

import json
import os
import subprocess


def ask(mode, line):
    """The answer of `zhenzhang number --lines` to one line."""
    program = [os.environ["ZHENZHANG"], "number", "--lines", "--mode", mode]
    done = subprocess.run(program, input=line + "\n", capture_output=True, text=True, check=True)
    return json.loads(done.stdout) if done.stdout.strip() else {"error": "nothing to read"}

"""The class that the suite of cn2an tests, answered by the program."""

from ask import ask


class Transform:
    def transform(self, inputs, method="cn2an", direct=False):
        script = "arabic" if method == "cn2an" else "chinese"
        return ask(script + ("-digits" if direct else ""), inputs)["value"]

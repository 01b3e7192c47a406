"""The class that the suite of cn2an tests, answered by the program."""

from ask import ask


class Cn2An:
    def cn2an(self, inputs="", mode="strict"):
        answer = ask(mode, str(inputs))
        if "error" in answer:
            raise ValueError(answer["error"])
        value = answer["value"]
        if mode == "direct":
            return value
        return float(value) if "." in value else int(value)

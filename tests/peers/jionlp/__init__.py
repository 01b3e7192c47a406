"""The functions that the suites of JioNLP test, answered by the program.

JioNLP tells a bound by blur, blur- and blur+; 近 counts as blur- there, and as a bound of its
own here. 余 is found as an amount and never valued by those suites, so that its official reading
(more than the number, by less than its last digit) does not meet them.
"""

from decimal import ROUND_DOWN, Decimal

from ask import ask

MEANT = {"=": "accurate", "约": "blur", "范围": "blur", "近": "blur-", "<": "blur-", "≤": "blur-"}


def told(value):
    return str(Decimal(value).quantize(Decimal("0.01"), rounding=ROUND_DOWN))


def parse_money(text, **_):
    answer = ask("money", text)
    if "error" in answer:
        return None
    low, high = answer["low"], answer["high"]
    number = told(low) if high is None else [told(low), told(high)]
    meant = MEANT.get(answer["qualifier"], "blur+")
    return {"num": number, "case": answer["currency"], "definition": meant}


class ner:
    @staticmethod
    def extract_money(text, with_parsing=False):
        found = ask("find-money", text)["found"]
        return [
            {
                "text": text[place["start"] : place["end"]],
                "offset": [place["start"], place["end"]],
                "type": "money",
            }
            for place in found
        ]

//! What is wrong with the TOML of a file, in the words of people who write ledgers and not
//! programs. The parser's own words are English.

/// How the parser's words begin, and what to do.
const WORDS: [(&str, &str); 22] = [
    ("invalid basic string", "双引号没有成对;文字前后各写一个半角双引号"),
    ("invalid multi-line basic string", "三个双引号没有成对"),
    ("invalid literal string", "单引号没有成对"),
    ("invalid multi-line literal string", "三个单引号没有成对"),
    ("missing opening quote", "少了前面的引号"),
    ("string values must be quoted", "文字要写在半角双引号里"),
    ("missing escaped value", "反斜杠后面少了字;要写反斜杠本身请写两个"),
    ("duplicate key", "同一个键写了两次;请删去一个"),
    ("cannot extend value", "同一个键写了两次,写法又不同;请删去一个"),
    ("unclosed table", "方括号没有成对"),
    ("unclosed array table", "两重方括号没有成对"),
    ("unclosed inline table", "花括号没有成对"),
    ("unclosed array", "方括号没有成对"),
    ("missing comma", "两项之间少了半角逗号"),
    ("extra comma", "多了一个逗号"),
    ("missing assignment", "键和值之间少了等号"),
    ("key with no value", "键后面少了等号和值"),
    ("missing value", "等号后面没有值"),
    ("extra", "多了一个等号"),
    ("invalid unquoted key", "键只能用英文字母、数字、_ 和 -;用别的字要加半角双引号"),
    ("unquoted keys cannot be empty", "等号前面没有键"),
    ("unexpected leading zero", "数的前面多了 0;日期写成 2023-01-05 的样子,编号要加双引号"),
];

/// The parser's words in Chinese.
pub(super) fn told(message: &str) -> &'static str {
    let known = WORDS.iter().find(|(begin, _)| message.starts_with(begin));
    known.map_or("这一行不合 TOML 的写法;请对照自带台账的同类文件", |(_, words)| words)
}

#[cfg(test)]
mod tests {
    use toml::de::DeTable;

    use super::*;

    fn check(text: &str, expected: &str) {
        let (_, errors) = DeTable::parse_recoverable(text);
        let said: Vec<&str> = errors.iter().map(|error| told(error.message())).collect();
        assert!(said.iter().any(|said| said.contains(expected)), "{text}: {said:?} {errors:?}");
    }

    #[test]
    fn slips_of_the_pen_are_told_in_chinese() {
        check("id = \"x\nlabel = 1\n", "双引号没有成对");
        check("label = 路灯\n", "文字要写在半角双引号里");
        check("a = 1\na = 2\n", "写了两次");
        check("[field\na = 1\n", "方括号没有成对");
        check("a = [\"x\" \"y\"]\n", "少了半角逗号");
        check("a\n", "少了等号");
        check("a = 01\n", "多了 0");
    }
}

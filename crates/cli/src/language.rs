//! The two languages of the help texts.

/// Chinese unless asked otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    /// 中文
    Chinese,
    /// English
    English,
}

impl Language {
    /// Looks for `--lang en` before the arguments are parsed, because help is made while parsing.
    pub(crate) fn from_arguments(arguments: impl Iterator<Item = String>) -> Language {
        let mut previous = String::new();
        for argument in arguments {
            if argument == "--lang=en" || (previous == "--lang" && argument == "en") {
                return Language::English;
            }
            previous = argument;
        }
        Language::Chinese
    }

    /// The text in this language.
    pub(crate) fn pick(self, chinese: &'static str, english: &'static str) -> &'static str {
        match self {
            Language::Chinese => chinese,
            Language::English => english,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_flag_is_found_in_both_forms() {
        let of = |text: &str| Language::from_arguments(text.split(' ').map(str::to_owned));
        assert_eq!(of("zhenzhang --lang en demo"), Language::English);
        assert_eq!(of("zhenzhang demo --lang=en"), Language::English);
        assert_eq!(of("zhenzhang demo --lang zh"), Language::Chinese);
    }
}

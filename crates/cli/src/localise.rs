//! The words that the argument parser says of its own accord, in the reader's language.

use clap::builder::Str;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, Error};

use crate::language::Language;

const CHINESE_TEMPLATE: &str = "{about-with-newline}\n用法:{usage}\n\n{all-args}{after-help}";
const ENGLISH_TEMPLATE: &str = "{about-with-newline}\nUsage: {usage}\n\n{all-args}{after-help}";

/// Gives a command and all below it help texts in the language.
pub(crate) fn command(command: Command, language: Language) -> Command {
    let help = Arg::new("help")
        .short('h')
        .long("help")
        .action(ArgAction::Help)
        .help(language.pick("显示帮助", "show this help"));
    let names: Vec<String> = command.get_subcommands().map(|c| c.get_name().to_owned()).collect();
    let version = command.get_version().map(|_| {
        Arg::new("version")
            .short('V')
            .long("version")
            .action(ArgAction::Version)
            .help_heading(language.pick("选项", "Options"))
            .help(language.pick("显示版本", "show the version"))
    });
    let mut localised = command
        .help_template(language.pick(CHINESE_TEMPLATE, ENGLISH_TEMPLATE))
        .subcommand_help_heading(language.pick("命令", "Commands"))
        .subcommand_value_name(language.pick("命令", "COMMAND"))
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(names.is_empty())
        .mut_args(|arg| {
            let heading = if arg.is_positional() {
                language.pick("参数", "Arguments")
            } else {
                language.pick("选项", "Options")
            };
            named(arg.help_heading(heading), language)
        })
        .args(version)
        .arg(help.help_heading(language.pick("选项", "Options")));
    for name in names {
        localised = localised.mut_subcommand(name, |inner| self::command(inner, language));
    }
    localised
}

/// What a value is called in a usage, and its Chinese.
const NAMES: [(&str, &str); 35] = [
    ("ADDRESS", "地址"),
    ("DATE", "日期"),
    ("DIM=VALUE", "分类=值"),
    ("DIR", "目录"),
    ("DOCX", "文件"),
    ("FIELD=TEXT", "栏目=内容"),
    ("FIELD=VALUE", "栏目=值"),
    ("FILE", "文件"),
    ("FILE|NUMBER", "文件|编号"),
    ("HASH", "链头"),
    ("ID", "编号"),
    ("INDICATOR", "指标"),
    ("INSTANT", "时刻"),
    ("KIND", "怎么分"),
    ("LEDGER", "台账"),
    ("LENGTH", "多长"),
    ("LINE", "行"),
    ("MODE", "方式"),
    ("N", "数字"),
    ("NAME", "名称"),
    ("NEW", "新的"),
    ("NUMBER", "编号"),
    ("OLD", "旧的"),
    ("OUT", "文件"),
    ("PATH|URL", "文件|网址"),
    ("PERIOD", "期间"),
    ("PLACE", "地方"),
    ("RECORD", "记录"),
    ("REVISION|INSTANT", "版本|时刻"),
    ("RULE", "规则"),
    ("TARGET", "指标"),
    ("TEXT", "文字"),
    ("VERSION", "版本"),
    ("WORD", "类别或词"),
    ("WORDS", "字句"),
];

/// An argument with the names of its values in the language.
fn named(arg: Arg, language: Language) -> Arg {
    let Some(names) = arg.get_value_names().filter(|_| language == Language::Chinese) else {
        return arg;
    };
    let chinese = |name: &Str| {
        let known = NAMES.iter().find(|(english, _)| name.as_str() == *english);
        known.map_or_else(|| name.clone(), |(_, chinese)| Str::from(*chinese))
    };
    let names: Vec<Str> = names.iter().map(chinese).collect();
    arg.value_names(names)
}

/// What the argument parser has no hook for, and its Chinese.
const LEFT: [(&str, &str); 3] = [
    ("Print this message or the help of the given subcommand(s)", "显示帮助"),
    ("[OPTIONS]", "[选项]"),
    ("[possible values: ", "[可以写: "),
];

/// A help text, in the language to the last word.
pub(crate) fn help(error: &Error, language: Language) -> String {
    let text = error.to_string();
    match language {
        Language::English => text,
        Language::Chinese => {
            LEFT.iter().fold(text, |text, (left, right)| text.replace(left, right))
        }
    }
}

/// What is wrong with the arguments, and what to do.
pub(crate) fn error(error: &Error, language: Language) -> String {
    if language == Language::English {
        return error.to_string().trim_end().to_owned();
    }
    let of = |kind: ContextKind| error.get(kind).map(told).unwrap_or_default();
    let said = match error.kind() {
        ErrorKind::InvalidSubcommand => format!("没有命令“{}”", of(ContextKind::InvalidSubcommand)),
        ErrorKind::UnknownArgument => unknown(&of(ContextKind::InvalidArg)),
        ErrorKind::MissingRequiredArgument => format!("缺少参数 {}", of(ContextKind::InvalidArg)),
        ErrorKind::InvalidValue if of(ContextKind::InvalidValue).is_empty() => {
            format!("参数 {} 后面要写值", of(ContextKind::InvalidArg))
        }
        ErrorKind::InvalidValue => format!(
            "参数 {} 的值“{}”不对;可以写 {}",
            of(ContextKind::InvalidArg),
            of(ContextKind::InvalidValue),
            of(ContextKind::ValidValue)
        ),
        ErrorKind::InvalidUtf8 => {
            "参数里有不是 UTF-8 的字符;请把终端的编码设为 UTF-8,文件名乱码的请先改名".to_owned()
        }
        ErrorKind::ArgumentConflict => conflict(error),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            return help(error, language).trim_end().to_owned();
        }
        _ => "参数写得不对".to_owned(),
    };
    let near = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg]
        .into_iter()
        .map(of)
        .find(|name| !name.is_empty())
        .map(|name| format!(";是不是“{name}”?"))
        .unwrap_or_default();
    // Who left an argument out is shown where it stands.
    let usage = error.to_string();
    let usage =
        usage.lines().find_map(|line| line.split_once("Usage: ").or(line.split_once("用法: ")));
    let shown = usage.filter(|_| error.kind() == ErrorKind::MissingRequiredArgument);
    let shown = shown.map(|(_, usage)| format!(";写法:{}", usage.trim())).unwrap_or_default();
    format!("{said}{near}{shown}\n用法见 zhenzhang --help,某个命令的用法见 zhenzhang 命令 --help")
}

/// An argument that the command does not have: a misspelt option, or a word too many, such as a
/// value that lacks its option.
fn unknown(argument: &str) -> String {
    match argument.split_once('=') {
        _ if argument.starts_with('-') => format!("不认识参数“{argument}”"),
        Some((name, value)) if !name.is_empty() => {
            format!("“{argument}”前面少了选项:栏目的新值请写成 --set {name}={value}")
        }
        _ => format!("多出“{argument}”,这个命令用不上它"),
    }
}

/// Two arguments that do not go together, an argument given twice, or a command behind an
/// argument that stands for another one.
fn conflict(error: &Error) -> String {
    let of = |kind: ContextKind| error.get(kind).map(told).filter(|text| !text.is_empty());
    let (this, before) = (of(ContextKind::InvalidArg), of(ContextKind::PriorArg));
    match (this, before, of(ContextKind::InvalidSubcommand)) {
        (Some(this), Some(before), _) if this == before => format!("参数 {this} 只能写一次"),
        (Some(this), Some(before), _) => format!("参数 {this} 和 {before} 不能一起写"),
        (_, Some(before), Some(command)) => {
            format!("“{command}”要写在 {before} 前面:先写命令,再写参数")
        }
        (Some(this), ..) => format!("参数 {this} 只能写一次"),
        _ => "参数的次序不对,或有参数不能一起写:先写命令,再写参数".to_owned(),
    }
}

fn told(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join("、"),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(arguments: &[&str], expected: &str) {
        let inner = Command::new("import")
            .arg(Arg::new("ledger").value_name("LEDGER").required(true))
            .arg(Arg::new("near").long("near").conflicts_with("far").action(ArgAction::SetTrue))
            .arg(Arg::new("far").long("far").action(ArgAction::SetTrue))
            .arg(Arg::new("once").long("once").value_name("X"));
        let list = Command::new("list").arg(Arg::new("dir").value_name("DIR").required(true));
        let backup = Command::new("backup")
            .subcommand_negates_reqs(true)
            .args_conflicts_with_subcommands(true)
            .arg(Arg::new("dir").value_name("DIR").required(true))
            .subcommand(list);
        let program = Command::new("zhenzhang").subcommand(inner).subcommand(backup);
        let program = command(program, Language::Chinese);
        let found = program.try_get_matches_from(arguments).unwrap_err();
        let said = error(&found, Language::Chinese);
        assert!(said.starts_with(expected), "{said}");
    }

    #[test]
    fn mistakes_are_told_in_chinese_with_the_nearest_name() {
        check(&["zhenzhang", "imprt"], "没有命令“imprt”;是不是“import”?");
        check(&["zhenzhang", "import"], "缺少参数 <台账>;写法:zhenzhang import <台账>");
        check(&["zhenzhang", "import", "x", "--foo"], "不认识参数“--foo”");
        let bare = ["zhenzhang", "import", "x", "造价=2900"];
        check(&bare, "“造价=2900”前面少了选项:栏目的新值请写成 --set 造价=2900");
        check(&["zhenzhang", "import", "x", "y"], "多出“y”");
    }

    #[test]
    fn every_value_has_a_chinese_name() {
        fn all(command: &Command, path: &str) {
            for name in command.get_arguments().filter_map(Arg::get_value_names).flatten() {
                let is_code = name.as_str() == "zh|en" || name.contains("ledger|indicator");
                let is_english = name.chars().any(|c| c.is_ascii_alphabetic());
                assert!(is_code || !is_english, "{path}: {name}");
            }
            for inner in command.get_subcommands() {
                all(inner, &format!("{path} {}", inner.get_name()));
            }
        }
        let mut program = crate::context::program(Language::Chinese);
        for verb in crate::command::all() {
            program = program.subcommand((verb.describe)(Language::Chinese));
        }
        let mut program = command(program, Language::Chinese);
        all(&program, "zhenzhang");
        let help = help(
            &program.try_get_matches_from_mut(["zhenzhang", "--help"]).unwrap_err(),
            Language::Chinese,
        );
        assert!(!help.contains("Options") && help.contains("--version"), "{help}");
    }

    #[test]
    fn arguments_that_do_not_go_together_are_named() {
        check(&["zhenzhang", "backup", "bk", "list"], "“list”要写在 <目录> 前面");
        let both = ["zhenzhang", "import", "x", "--near", "--far"];
        check(&both, "参数 --near 和 --far 不能一起写");
        let twice = ["zhenzhang", "import", "x", "--once", "1", "--once", "2"];
        check(&twice, "参数 --once <X> 只能写一次");
    }
}

//! The words that the argument parser says of its own accord, in the reader's language.

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
    let mut localised = command
        .help_template(language.pick(CHINESE_TEMPLATE, ENGLISH_TEMPLATE))
        .subcommand_help_heading(language.pick("命令", "Commands"))
        .subcommand_value_name(language.pick("命令", "COMMAND"))
        .disable_help_flag(true)
        .disable_help_subcommand(names.is_empty())
        .mut_args(|arg| {
            let heading = if arg.is_positional() {
                language.pick("参数", "Arguments")
            } else {
                language.pick("选项", "Options")
            };
            arg.help_heading(heading)
        })
        .arg(help.help_heading(language.pick("选项", "Options")));
    for name in names {
        localised = localised.mut_subcommand(name, |inner| self::command(inner, language));
    }
    localised
}

/// What the argument parser has no hook for, and its Chinese.
const LEFT: [(&str, &str); 4] = [
    ("Print this message or the help of the given subcommand(s)", "显示帮助"),
    ("[OPTIONS]", "[选项]"),
    ("[possible values: ", "[可以写: "),
    ("Print version", "显示版本"),
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
        ErrorKind::UnknownArgument => format!("不认识参数“{}”", of(ContextKind::InvalidArg)),
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
    format!("{said}{near}\n用法见 zhenzhang --help,某个命令的用法见 zhenzhang 命令 --help")
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
        check(&["zhenzhang", "import"], "缺少参数 <LEDGER>");
        check(&["zhenzhang", "import", "x", "--foo"], "不认识参数“--foo”");
    }

    #[test]
    fn arguments_that_do_not_go_together_are_named() {
        check(&["zhenzhang", "backup", "bk", "list"], "“list”要写在 <DIR> 前面");
        let both = ["zhenzhang", "import", "x", "--near", "--far"];
        check(&both, "参数 --near 和 --far 不能一起写");
        let twice = ["zhenzhang", "import", "x", "--once", "1", "--once", "2"];
        check(&twice, "参数 --once <X> 只能写一次");
    }
}

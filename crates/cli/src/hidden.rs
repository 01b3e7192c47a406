//! What is kept of a command otherwise than it was given: reasons and names stay in the history
//! for ever, and the numbers of persons in them do not.

use clap::ArgMatches;

/// Arguments that are kept, with what messages call them.
const KEPT: [(&str, &str); 6] = [
    ("why", "原因"),
    ("document", "批准文件"),
    ("as", "经办人"),
    ("file", "文件名"),
    ("out", "文件名"),
    ("signer", "签字人"),
];

/// Says which arguments have a number in them that is kept in part.
pub(crate) fn tell(matches: &ArgMatches) {
    for (id, label) in KEPT {
        let given = matches.try_get_one::<String>(id).ok().flatten();
        if given.is_some_and(|text| app::is_hidden(text)) {
            eprintln!("{label}里的号码记账时已打码(历史永久保存,不留证件号、电话和账号)");
        }
    }
    if let Some((_, rest)) = matches.subcommand() {
        tell(rest);
    }
}

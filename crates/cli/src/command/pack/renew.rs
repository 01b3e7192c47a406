//! `zhenzhang pack key`, `sign`, `trust` and `update`: packs that a publisher signs and an office
//! installs.

use std::path::{Path, PathBuf};

use app::{RenewRequest, SignRequest};
use clap::{Arg, ArgMatches, Command};

use crate::command::{option, positional, required, switch, text};
use crate::context::Context;
use crate::language::Language;
use crate::outcome::{Failure, Outcome};

pub(super) fn describe(language: Language) -> [Command; 4] {
    let say = |zh, en| language.pick(zh, en);
    let key = Command::new("key")
        .about(say(
            "发布者:生成签名密钥和公钥",
            "publisher: make a key to sign with, and its public key",
        ))
        .arg(positional(
            "file",
            "FILE",
            say(
                "密钥写到哪个文件,公钥在它旁边加 .pub",
                "file of the key; the public key goes beside it as .pub",
            ),
        ));
    let sign = Command::new("sign")
        .about(say(
            "发布者:检查台账包,签名做成更新文件",
            "publisher: check a pack and sign it as an update file",
        ))
        .arg(positional("directory", "DIR", say("台账包目录", "directory of the pack")))
        .arg(
            option(
                "out",
                "FILE",
                say("更新文件,如 pack-2027.zzpack", "the update file, such as pack-2027.zzpack"),
            )
            .required(true),
        )
        .arg(option(
            "version",
            "VERSION",
            say("版本,如 2027-01-05,默认今天", "the version, such as 2027-01-05; today by default"),
        ));
    let trust = Command::new("trust")
        .about(say("信任一个发布者:加入它的公钥", "trust a publisher: add its public key"))
        .arg(positional("file", "FILE", say("公钥文件", "file of the public key")));
    let update = Command::new("update")
        .about(say(
            "安装签了名的更新文件,不用换程序、不用联网;--back 退回上一个",
            "install a signed update file, without a new program or a network; --back returns to the one before",
        ))
        .arg(Arg::new("file").value_name("FILE").help(say("更新文件", "the update file")).required_unless_present("back"))
        .arg(switch("back", say("退回上一个台账包", "return to the pack before")).conflicts_with("file"))
        .arg(switch("older", say("允许装比现在旧的", "allow an older version than the one installed")))
        .arg(switch("dry-run", say("只看会改什么,不安装", "only show what would change")));
    [key, sign, trust, update]
}

pub(super) fn key(matches: &ArgMatches) -> Result<Outcome, Failure> {
    let answer = app::make_signing_key(Path::new(required(matches, "file")))?;
    let said = format!(
        "签名密钥 {}:只放在发布者手里\n公钥 {}:发给用的人\n指纹 {}:请当面或电话告诉用的人\n",
        answer.secret.display(),
        answer.public.display(),
        answer.fingerprint
    );
    Ok(Outcome::new(said, serde_json::to_value(&answer).unwrap_or_default(), true))
}

pub(super) fn sign(context: &Context, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let Some(key) = context.given_key.clone() else {
        return Err(Failure::Usage(
            "请用 --key 指定签名密钥文件(zhenzhang pack key 生成)".to_owned(),
        ));
    };
    let request = SignRequest {
        directory: PathBuf::from(required(matches, "directory")),
        key,
        out: PathBuf::from(required(matches, "out")),
        version: text(matches, "version").map(str::to_owned),
    };
    let answer = app::sign_pack(&context.office, &request)?;
    let said = format!(
        "{}:版本 {},{} 个文件,{} 字节,签名人指纹 {}\n",
        answer.file.display(),
        answer.version,
        answer.files,
        answer.bytes,
        answer.signer
    );
    Ok(Outcome::new(said, serde_json::to_value(&answer).unwrap_or_default(), true))
}

pub(super) fn trust(context: &Context, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let answer = app::trust_publisher(&context.office, Path::new(required(matches, "file")))?;
    let said = match answer.is_new {
        true => format!(
            "已信任,指纹 {}。如果还没有和发布者当面或电话核对过,请现在核对\n",
            answer.fingerprint
        ),
        false => format!("早已信任,指纹 {}\n", answer.fingerprint),
    };
    Ok(Outcome::new(said, serde_json::to_value(&answer).unwrap_or_default(), true))
}

pub(super) fn update(context: &Context, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let request = RenewRequest {
        file: text(matches, "file").map(PathBuf::from),
        older: matches.get_flag("older"),
        dry_run: matches.get_flag("dry-run"),
    };
    let answer = app::renew_pack(&context.office, &request)?;
    let named = |version: Option<app::PackVersion>| {
        version.map_or_else(|| "程序自带的台账包".to_owned(), |v| format!("版本 {v}"))
    };
    let mut said = answer.diff.text();
    said += &format!("签名可信,定义无误,{} 个例子全部正确\n", answer.examples);
    said += &match answer.installed {
        true => format!(
            "已由{}换成{}({});退回用 zhenzhang pack update --back\n",
            named(answer.before),
            named(answer.version),
            answer.state.display()
        ),
        false => format!(
            "没有安装:这只是看看由{}换成{}会改什么\n",
            named(answer.before),
            named(answer.version)
        ),
    };
    Ok(Outcome::new(said, serde_json::to_value(&answer).unwrap_or_default(), true))
}

//! What does not make a server.

use super::Served;
use crate::desk::Desk;

#[test]
fn what_others_reach_is_not_listened_to() {
    let desk = Desk::new("serve-refused");
    for (arguments, parts) in [
        (
            &["serve", "--listen", "0.0.0.0:7710"][..],
            &["0.0.0.0:7710", "没有账号", "127.0.0.1"][..],
        ),
        (&["serve", "--listen", "[::]:0"], &["没有账号"]),
        (&["serve", "--listen", "7710"], &["“7710”不是监听地址", "127.0.0.1:7710"]),
        (&["serve", "--db", "nothing.db"], &["nothing.db"]),
        (&["serve", "--db", "postgres://u:secret@h/d"], &["PostgreSQL", "--backup", "--no-backup"]),
    ] {
        desk.says(arguments, 2, parts);
    }
    assert!(!desk.directory.join("nothing.db").exists());
}

#[test]
fn a_port_in_use_is_told() {
    let desk = Desk::new("serve-port");
    let served = Served::start(&desk, "2024-02-20", &["--no-backup"]);
    let (_, rest) = served.started.split_once("http://").unwrap();
    let (address, _) = rest.split_once('/').unwrap();
    desk.says(&["serve", "--listen", address], 2, &[address, "已被占用", "--listen"]);
}

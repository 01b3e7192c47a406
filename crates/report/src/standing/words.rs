//! Words by which a place is the subject of a clause, is only mentioned, or is none.

/// Words that may open a clause before its subject.
pub(super) const LEADS: &[&str] = &[
    "其中",
    "特别是",
    "同时",
    "另外",
    "此外",
    "截至",
    "截止",
    "到",
    "在",
    "由",
    "放眼",
    "纵观",
    "综观",
    "仅",
    "其",
    "一是",
    "二是",
    "三是",
    "四是",
    "五是",
    "六是",
];
/// Characters behind which a place is only mentioned.
pub(super) const MENTIONED: &str = "等在与对为和同、从向由被给跟赴往来去到至";
/// Levels that 全, 我 and 本 stand before.
pub(super) const LEVELS: &[&str] =
    &["街道", "社区", "国", "省", "市", "县", "区", "州", "盟", "旗", "镇", "乡", "村"];
/// What a name of an unknown place ends with.
pub(super) const ENDS: &[&str] = &["街道", "镇", "乡", "县", "市", "省"];
/// What goes on behind an ending that ends no name: 城市化, 县级, 乡村, 省道.
pub(super) const GOES_ON: &str = "场民级政容域城道直村亲贤土镇风愁份化内区里长井委";
/// Last characters before an ending that make a common noun of it: 乡镇, 城市, 小镇.
pub(super) const COMMON_NOUN: &str = "经开请小全城外古圩集村乡县省上夜建下返入进老家故跨出各该我本超门股都菜早农强名双每到在由的市镇并";
/// Nouns that are no names before an ending: 示范镇, 文明县.
pub(super) const COMMON_NAMES: &[&str] = &[
    "示范", "卫生", "文明", "平安", "特色", "重点", "美丽", "中心", "先进", "生态", "经济", "主要",
    "所在", "贫困", "产业",
];
/// Characters that no name of a place holds.
pub(super) const JOINING: &str = "被由的了和与及在对为把将从向到是有等各每";
/// Words that say of the place behind them that it lies near home.
pub(super) const NEAR: &[&str] = &["相邻", "邻近", "毗邻", "周边", "附近", "接壤"];
/// Longest name before an ending.
pub(super) const NAME: usize = 3;

//! A part that is named by what its whole was called before: 参训人员里63人, 这批项目里十一个.

use ::figure::{Class, Decimal};

use crate::figure::part;
use crate::figure::reading::alike::{common, shared};
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any, is_clause_mark};
use crate::finding::Mark;

/// Words behind the name of a whole, before what is told of some of it.
const INSIDE: &[&str] = &["里面", "里头", "当中", "之中", "里", "中", "内"];

/// Words that take up what was told before.
const BACK: &[&str] = &["上述", "以上", "这批", "这些", "该批", "前述", "这", "所有", "全部"];

/// Names of whoever takes part in something, which need not be told in the same words before.
const TAKING_PART: &[&str] = &[
    "对象", "人员", "学员", "选手", "参训", "参会", "参保", "受访", "者", "名单", "成员", "报名",
    "在册",
];

/// Words by which a number is of another whole.
pub(super) const NOT: &[&str] = &[
    "累计", "历年", "往年", "去年", "上年", "同期", "比", "较", "增", "另", "目标", "任务", "计划",
    "次", "每", "均", "以来", "年中", "期中", "集中", "其中",
];

/// Words that begin or end as 里 and 中 do and name no inside.
const OTHER: &[&str] = &[
    "中心",
    "中小",
    "中央",
    "中级",
    "中型",
    "中国",
    "中学",
    "中医",
    "中药",
    "中部",
    "中低",
    "中高",
    "预算内",
    "集中",
    "其中",
    "年中",
    "期中",
    "空中",
    "水中",
    "手中",
    "内容",
    "内外",
    "里程",
    "公里",
    "内部",
    "内涝",
    "国内",
    "年内",
    "市内",
    "县内",
    "中试",
    "中转",
    "中标",
    "中期",
    "中旬",
    "中等",
    "中职",
];

/// The name in a clause that ends in 里 or 中: 参训人员, 上述隐患; and whether what follows makes
/// 中 an inside for sure.
fn named(words: &str) -> Option<(String, bool)> {
    let clause = words.trim_end_matches([',', '，']);
    let clause = clause.rsplit(['。', ',', '，', ';', '；', ':', '：', '、']).next()?;
    let clause = OTHER.iter().fold(clause.to_owned(), |rest, word| rest.replace(word, "\n"));
    let (at, word) = INSIDE
        .iter()
        .filter_map(|word| clause.rfind(word).map(|at| (at, *word)))
        .max_by_key(|(at, word)| (*at, word.len()))?;
    let rest = &clause[at + word.len()..];
    // 上年5件都在里头 names nothing that follows is in.
    if clause[..at].ends_with('在') {
        return None;
    }
    let name: String =
        clause[..at].chars().rev().take(8).collect::<Vec<_>>().into_iter().rev().collect();
    let follows = rest.is_empty() || rest.starts_with(['有', '已', '就', '的', '共']);
    let sure = follows || (word != "中" && word != "内");
    let sure =
        sure || has_any(&name, &["这批", "上述", "这些", "该批"]) || name.starts_with(['仅', '已']);
    (rest.chars().count() <= 20 && name.chars().count() >= 2).then_some((name, sure))
}

/// What a clause takes up: 这批驻村干部 in 对这批驻村干部进行考核.
fn taken_up(words: &str) -> Option<(String, bool)> {
    let clause = words.rsplit(['。', ',', '，', ';', '；']).next()?;
    if clause.contains("从中") {
        return Some(("上述".to_owned(), true));
    }
    let back = ["这批", "上述", "该批", "这些", "该笔", "这笔"];
    // 对发现的隐患已整改 takes up what was found, and 对交办和发现的 more than that.
    let deeds = ["发现的", "查出的", "排查出的", "受理的"];
    let told = |words: &[&str]| words.iter().find_map(|word| clause.split_once(word));
    let found = || told(&deeds).filter(|(lead, _)| lead.chars().count() <= 4);
    let (_, rest) = told(&back).or_else(found)?;
    let name: String = rest.chars().take(6).collect();
    (name.chars().count() >= 2).then_some((name, true))
}

/// Where the list begins that a number ends: 9120人次 for 30215人次 in 门诊中,中医科9120人次,慢病专科30215人次.
fn list_start(passage: &Passage<'_>, index: usize) -> usize {
    let joined = |at: &usize| {
        let gap = passage.gap(*at);
        let marks = gap.matches(is_clause_mark).count() + gap.matches('、').count();
        *at > 0
            && marks == 1
            && !gap.contains(['。', '共', '总'])
            && !gap.split([',', '，']).any(|c| named(c).or_else(|| taken_up(c)).is_some())
            && passage.numbers[at - 1].is_kin(&passage.numbers[*at])
    };
    (1..=index).rev().take_while(joined).last().map_or(index, |at| at - 1)
}

/// `组织56名乡村医生参加培训。…参训人员里63人合格`.
pub(super) fn find(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let numbers = &passage.numbers;
    let part = &numbers[index];
    let start = list_start(passage, index);
    // 规上企业里面销售超亿元的有53家: a size in the name of the part.
    let sized = start > 0 && !numbers[start - 1].is_alike(part);
    let gap = match passage.gap(start) {
        own if sized && own.chars().count() <= 4 => {
            format!(
                "{}{}{own}",
                passage.gap(start - 1),
                passage.words(numbers[start - 1].at.clone())
            )
        }
        own => own,
    };
    // 上述隐患里,农村自建房一类就有516处: the name stands in one of the last two clauses.
    let own = gap.rsplit(['。', ';', '；']).next()?;
    let mut clauses = own.rsplitn(2, [',', '，']);
    let last = clauses.next()?;
    let inside = named(last).or_else(|| taken_up(last));
    let (name, sure) = match inside {
        Some(found) => found,
        None => {
            // 支出中用于教育、卫健等领域的支出: the name stands before a row, or in the clause before.
            let row = last.split_once('、').map(|(first, _)| first);
            let of = |words| named(words).filter(|(_, sure)| *sure).or_else(|| taken_up(words));
            let of_row = |words| named(words).or_else(|| taken_up(words));
            row.and_then(of_row).or_else(|| clauses.next().and_then(of))?
        }
    };
    let plain = |n: &Number| n.is_amount() && n.is_exact() && !n.unit.is_empty();
    let told = |i: usize| {
        let lead: String = passage.words(passage.range.start..numbers[i].at.start);
        format!("{lead}{}", passage.noun(i))
    };
    let before: Vec<usize> = (start.saturating_sub(5)..start)
        .rev()
        .filter(|i| numbers[*i].is_kin(part) && plain(&numbers[*i]))
        .collect();
    // The whole that is named is meant, or the one told last.
    // 这些项目 may be those of two kinds told before, of which one is enough for the part.
    let most = before.iter().map(|i| numbers[*i].value).max();
    // 低保对象412户638人: the second of two units has its name before the first.
    let around = |i: usize| {
        let first = if i > 0 && passage.gap(i).is_empty() { i - 1 } else { i };
        format!("{}{}", passage.label(first), passage.around(i))
    };
    // 电话渠道中 is of 电话渠道863件 and not of 网络渠道421件 behind it.
    let called = before
        .iter()
        .rev()
        .copied()
        .max_by_key(|i| common(&name, &around(*i)))
        .filter(|i| common(&name, &around(*i)) >= if sure { 2 } else { 3 });
    // 省管的项目12个,市管的项目9个。这些项目…: both are meant.
    let of_name = before.iter().filter(|i| common(&name, &passage.around(**i)) >= 2);
    let all = of_name.clone().try_fold(Decimal::ZERO, |sum, i| sum.checked_add(numbers[*i].value));
    if of_name.count() > 1 && all >= Some(part.value) && has_any(last, BACK) {
        return None;
    }
    let whole =
        called.or_else(|| before.first().copied().filter(|_| sure && most < Some(part.value)))?;
    let all = &numbers[whole];
    let known =
        common(&name, &told(whole)) >= 2 || has_any(&name, BACK) || has_any(&name, TAKING_PART);
    let apart = passage.between(whole, index);
    let larger = part.rounded().low > all.forgiving().high;
    let slip = part.value <= all.value.checked_mul(Decimal::TWO)?;
    if !plain(part)
        || !known
        || !larger
        || !slip
        || part.kind != all.kind
        || has_any(last, NOT)
        || called.is_none() && passage.label(whole).contains("其中")
        || has_any(&passage.label(whole), &["比", "同比", "净", "第"])
        || passage.label(whole).contains("新增") && !has_any(&name, BACK)
        || start < index && has_any(&passage.label(index), NOT)
        || apart.matches(['。']).count() > 2
    {
        return None;
    }
    Some(part::exceeds(passage, all, part))
}

/// `共辖12个行政村…已有14个行政村开通公交`, `老旧管道全长42公里…已换下老旧管道46.5公里`: of all there
/// are of a kind, more have something; and `全乡所有18个行政村`, which are no more than there are.
pub(super) fn all_of(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    const ALL: &[&str] = &[
        "辖",
        "共有",
        "现有",
        "下设",
        "总共",
        "只有",
        "共设",
        "只辖",
        "共辖",
        "在册",
        "在校",
        "在岗",
        "在园",
        "共",
        "全长",
        "总长",
        "总面积",
        "总数",
        "全部",
        "一共",
        "设有",
    ];
    const WIDER: &[&str] = &["全国", "全省", "全市", "全县", "全区"];
    let numbers = &passage.numbers;
    let part = &numbers[index];
    let bare = |i: usize| passage.noun(i).trim_start_matches('的').to_owned();
    let head = |words: &str| words.chars().take(3).collect::<String>();
    let (label, noun) = (passage.label(index), bare(index));
    let plain = |n: &Number| n.is_amount() && n.is_exact() && n.kind == prose::Kind::Fact;
    let named = |i: usize| {
        let same = head(&bare(i)) == head(&noun) && noun.chars().count() >= 3;
        let run = shared(&passage.around(i), &passage.around(index));
        let run = ALL.iter().fold(run, |run, word| run.replace(word, ""));
        // 现有耕地5.2万亩…把5.8万亩耕地建成: one word touches both.
        let touch: String = noun.chars().take(2).collect();
        let touched = touch.chars().count() == 2
            && passage.label(i).ends_with(&touch)
            && passage.numbers[i].class.is_some_and(|class| !class.is_counted());
        // 共有农户326户…已有341户
        let homes = passage.numbers[i].is(Class::Households)
            && has_any(&passage.label(i), &["农户", "总户数", "住户", "共有"])
            && has_any(&label, &["村内", "已有", "全村"]);
        same || touched || homes || run.chars().count() >= 4
    };
    let whole = (0..index)
        .rev()
        .find(|i| numbers[*i].is_kin(part) && has_any(&passage.label(*i), ALL) && named(*i))?;
    let all = &numbers[whole];
    let (before, behind) = (passage.words(passage.range.start..all.at.start), passage.gap(index));
    let wider = WIDER.iter().any(|word| behind.contains(word) && !before.contains(word));
    // 全镇16个行政村全部编制了规划
    let told_all = noun.chars().take(8).collect::<String>().contains("全部");
    let every =
        told_all || ["所有", "全部", "每一个", "全体"].iter().any(|word| label.ends_with(word));
    // 东片区共有…西片区共有… are two wholes.
    let whole_too = has_any(&label, &["共有", "现有", "总共", "下辖", "设有"]);
    let has = !whole_too
        && (has_any(&label, &["已有", "已", "有", "其中", "把", "累计"]) || label.is_empty());
    let slip = part.value <= all.value.checked_mul(Decimal::TWO)?
        && all.value <= part.value.checked_mul(Decimal::TWO)?;
    let larger = part.rounded().low > all.forgiving().high;
    // 22家民办养老机构 are some of all 养老机构.
    let same = !told_all || head(&bare(whole)) == head(&noun);
    let other = every && same && !part.forgiving().meets(all.forgiving());
    let fits = plain(part)
        && plain(all)
        && (larger && has || other)
        && slip
        && !wider
        && (other || !has_any(&label.replace("累计", ""), NOT))
        && !passage.between(whole, index).contains("其中")
        && passage.between(whole, index).matches('。').count() <= 2;
    fits.then(|| {
        let words = |n: &Number| passage.words(n.at.clone());
        let message = if larger {
            format!("部分{}大于总数{}:部分不能多于全部;请核对", words(part), words(all))
        } else {
            format!("前面写{},这里写全部{},前后不一致;请核对", words(all), words(part))
        };
        part.mark(passage.paper, message, &[all])
    })
}

/// `31所中小学校有34所实现…`: nothing but 有 stands between, so that the second are some of the
/// first.
pub(super) fn some_have(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let whole = index.checked_sub(1)?;
    let (all, part) = (&passage.numbers[whole], &passage.numbers[index]);
    let gap = passage.gap(index);
    let plain = |n: &Number| n.is_amount() && n.is_exact() && !n.unit.is_empty();
    let said =
        ["有", "已有", "中有", "中已有", "已", "现有", "里有"].iter().any(|end| gap.ends_with(end));
    // 在全镇3.6万亩耕地上累计建成4.1万亩
    let lead = passage.label(whole);
    let on = lead.contains('在')
        && gap.chars().take(8).any(|c| "上中里内".contains(c))
        && !gap.contains("中心");
    let said = said || on || gap.contains("已") && gap.chars().count() <= 10;
    let clause = gap.chars().all(char::is_alphanumeric) && (3..=18).contains(&gap.chars().count());
    let fits = said
        && clause
        && plain(all)
        && plain(part)
        && part.is_kin(all)
        && part.rounded().low > all.forgiving().high
        && !has_any(&passage.label(whole), &["其中", "新增", "比", "较", "第"])
        && !has_any(&gap.replace("累计", ""), NOT);
    fits.then(|| part::exceeds(passage, all, part))
}

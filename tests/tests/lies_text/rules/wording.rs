//! Lies by a word: qualifier, denial, trend, rank, period, and words cut out of a sentence.

use figure::Decimal;
use product_tests::lie::{Lie, Spot};
use product_tests::links::sentence;
use product_tests::says::{Claim, Says};
use report::Kind;

use super::Bench;
use super::number::digits;

pub(super) fn lies(bench: &Bench<'_>, spot: &Spot) -> Vec<Lie> {
    let mut lies = qualifiers(bench, spot);
    lies.extend(opposites(bench, spot));
    lies.extend(periods(bench, spot));
    lies.extend(cuts(bench, spot));
    lies
}

/// Another qualifier on the same number.
fn qualifiers(bench: &Bench<'_>, spot: &Spot) -> Vec<Lie> {
    let says = bench.says(spot);
    let words = &spot.link.words;
    let Some((number, digits)) = says.number().zip(digits(words)) else { return Vec::new() };
    let Some((before, after)) = words.split_once(digits) else { return Vec::new() };
    // The words without any qualifier: what stands before a qualifier, then number and unit.
    let bare_after = after.trim_start_matches('余').trim_end_matches("以上");
    let bare_before = ["突破", "均达到"].iter().fold(before, |text, q| text.trim_end_matches(q));
    let forms = [
        ("", "", Claim::Equal(number)),
        ("突破", "", Claim::Above(number)),
        ("不足", "", Claim::Below(number)),
        ("近", "", Claim::Near(number)),
        ("", "余", Claim::Over(number)),
        ("", "以上", Claim::AtLeast(number)),
        ("不超过", "", Claim::AtMost(number)),
    ];
    let each = matches!(says.claim, Claim::EachAtLeast(_));
    let mut lies = Vec::new();
    for (front, back, claim) in forms {
        let whole = number.scale() == 0;
        let is_own = claim == says.claim;
        // 余 and 近 are said of whole round numbers, and of each village only bounds.
        let fits = match claim {
            Claim::Over(_) | Claim::Near(_) => whole && !each,
            Claim::Equal(_) | Claim::AtLeast(_) => !each,
            _ => true,
        };
        // 6个村以上 is not Chinese.
        if is_own || !fits || words.ends_with('村') && back == "以上" {
            continue;
        }
        let front = if each { format!("均{front}") } else { front.to_owned() };
        let after = match back {
            "余" => format!("余{bare_after}"),
            back => format!("{bare_after}{back}"),
        };
        let other = format!("{bare_before}{front}{digits}{after}");
        let says = Says { claim, unit: says.unit.clone() };
        lies.push(bench.claimed("qualifier", spot, &other, &says));
    }
    lies
}

/// The contrary of words without a number.
fn opposites(bench: &Bench<'_>, spot: &Spot) -> Vec<Lie> {
    let says = bench.says(spot);
    let words = &spot.link.words;
    let number = |n: u32| Decimal::from(n);
    let changes: Vec<(&str, &str, Claim)> = match says.claim {
        Claim::Zero => vec![
            ("未发生一起", "发生3起", Claim::Equal(number(3))),
            ("没有发生", "发生2起", Claim::Equal(number(2))),
            ("来无", "来有3人次", Claim::Equal(number(3))),
        ],
        Claim::Whole => vec![
            ("100%", "99%", Claim::Equal(number(99))),
            ("100%", "不足100%", Claim::Below(number(100))),
            ("均达到", "均未达到", Claim::NotDone),
        ],
        Claim::Place(_) => vec![
            ("第一", "第二", Claim::Place(number(2))),
            ("第一", "第三", Claim::Place(number(3))),
            ("首届", "第二届", Claim::Place(number(2))),
            ("首届", "第十届", Claim::Place(number(10))),
        ],
        Claim::Falling => vec![
            ("减少", "增加", Claim::Rising),
            ("减少", "上升", Claim::Rising),
            ("逐年减少", "逐年增长", Claim::Rising),
        ],
        Claim::Done => vec![
            ("建成", "未建成", Claim::NotDone),
            ("成功举办", "未举办", Claim::NotDone),
            ("顺利通过", "未通过", Claim::NotDone),
            ("成功引进", "未能引进", Claim::NotDone),
            ("被", "未被", Claim::NotDone),
            ("实施", "未实施", Claim::NotDone),
        ],
        _ => Vec::new(),
    };
    changes
        .into_iter()
        .filter(|(from, ..)| words.contains(from))
        .map(|(from, to, claim)| {
            let says = Says { claim, unit: says.unit.clone() };
            let mut lie = bench.claimed("opposite", spot, &words.replacen(from, to, 1), &says);
            if says.claim == Claim::NotDone {
                // Of a denial it may not be clear what it denies; then the words are refused.
                lie.falls = spot.all(&[Kind::Value, Kind::Words]);
            }
            lie
        })
        .collect()
}

/// A period in the words that the target contradicts. Only at the end of a sentence, since a
/// period governs what follows it.
fn periods(bench: &Bench<'_>, spot: &Spot) -> Vec<Lie> {
    let around = sentence(bench.source, spot.link.at.start);
    let last = !bench.source[spot.link.to.end..around.end].contains("](");
    let own = spot.link.words.contains("三年");
    if !last && !own {
        return Vec::new();
    }
    let words = if own { spot.link.words.clone() } else { format!("2022年{}", spot.link.words) };
    let with_window = |target: &String| {
        let mark = if target.contains('?') { '&' } else { '?' };
        format!("{target}{mark}window=2023")
    };
    let targets: Vec<String> = spot.link.targets.iter().map(with_window).collect();
    let retargeted = spot.retargeted(bench.source, &targets);
    // Words without a number may not be readable at all behind a period.
    let bare = digits(&spot.link.words).is_none() && !own;
    let kinds = if bare { &[Kind::Window, Kind::Words][..] } else { &[Kind::Window] };
    vec![Lie {
        rule: "period",
        note: format!("{} → {words} ({})", spot.link.words, targets.join("; ")),
        source: spot.reworded(&retargeted, &words),
        falls: spot.all(kinds),
        may: Vec::new(),
    }]
}

/// A qualifier left outside the brackets, and words that announce instead of stating.
fn cuts(bench: &Bench<'_>, spot: &Spot) -> Vec<Lie> {
    let Claim::Equal(_) = bench.says(spot).claim else { return Vec::new() };
    let open = spot.link.at.start - 1;
    let cut = |front: &str| Lie {
        rule: "cut",
        note: format!("{front}[{}]", spot.link.words),
        source: format!("{}{front}{}", &bench.source[..open], &bench.source[open..]),
        falls: spot.all(&[Kind::Words]),
        may: Vec::new(),
    };
    let planned = format!("力争{}", spot.link.words);
    vec![
        cut("不足"),
        cut("超过"),
        bench.broken("plan as fact", spot, &planned, &[Kind::Words]),
        // Without its unit a sentence may lose its subject too (4批).
        bench.broken("no words", spot, "", &[Kind::Words, Kind::Subject]),
    ]
}

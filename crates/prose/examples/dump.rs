//! dump
fn main() {
    let t = std::fs::read_to_string(std::env::args().nth(1).unwrap()).unwrap();
    let c = prose::clean(&t);
    let f = prose::figures(&c.text, &prose::Lexicon::default());
    for c in &f.claims { if c.kind != prose::Kind::Background { println!("{} {:?} [{}] {} {:?} {:?} subj={:?} per={:?} {}", c.line, c.kind, c.text, c.qualifier.unwrap(), c.value.map(|v|v.to_string()), c.unit, c.subject, c.period, c.reading.as_ref().map(|r|r.describe()).unwrap_or_default()); } }
    for x in c.flags.iter().chain(&f.flags) { println!("FLAG {} {}", x.text, x.reason); }
    let big = t.repeat(20);
    for n in [1,2,4] { let s = big.repeat(n); let a = std::time::Instant::now(); let c = prose::clean(&s); let b = a.elapsed(); let f = prose::figures(&c.text, &prose::Lexicon::default()); println!("{} KB clean {:?} figures {:?} {}", s.len()/1000, b, a.elapsed()-b, f.claims.len()); }
    let s: String = big.chars().filter(|c| !matches!(c, '。'|'，'|','|'\n'|';'|'；')).collect();
    for n in [1,2,4] { let s = s.repeat(n); let a = std::time::Instant::now(); let c = prose::clean(&s); let b = a.elapsed(); let f = prose::figures(&c.text, &prose::Lexicon::default()); println!("nomarks {} KB clean {:?} figures {:?} {}", s.len()/1000, b, a.elapsed()-b, f.claims.len()); }
}

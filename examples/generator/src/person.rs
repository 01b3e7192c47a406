//! People who plainly do not exist: names with 某, ID numbers of a county that is none.

const SURNAMES: [char; 12] =
    ['赵', '钱', '孙', '李', '周', '吴', '郑', '王', '冯', '陈', '褚', '卫'];
const STEMS: [char; 10] = ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬', '癸'];
const BRANCHES: [char; 12] =
    ['子', '丑', '寅', '卯', '辰', '巳', '午', '未', '申', '酉', '戌', '亥'];

/// The name at a position; 1 440 differ before they repeat.
pub(crate) fn name(position: usize) -> String {
    let [surname, stem, branch] =
        [SURNAMES[position % 12], STEMS[position / 12 % 10], BRANCHES[position / 120 % 12]];
    format!("{surname}某{stem}{branch}")
}

/// An ID number with a right check digit (GB 11643-1999) whose first six digits, 999999,
/// are the code of no county.
pub(crate) fn id_number(position: usize) -> String {
    let (year, month, day) =
        (1950 + position % 50, position / 50 % 12 + 1, position / 600 % 28 + 1);
    let body = format!("999999{year}{month:02}{day:02}{:03}", position % 1000);
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body.chars().zip(weights).map(|(c, w)| c.to_digit(10).unwrap_or(0) * w).sum();
    let check = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'][(sum % 11) as usize];
    format!("{body}{check}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn people_differ_and_are_synthetic() {
        let names: BTreeSet<String> = (0..1440).map(name).collect();
        assert_eq!(names.len(), 1440);
        assert!(names.iter().all(|n| n.contains('某')));
        let ids: BTreeSet<String> = (0..1000).map(id_number).collect();
        assert_eq!(ids.len(), 1000);
        assert!(ids.iter().all(|i| i.len() == 18 && i.starts_with("999999")));
    }
}

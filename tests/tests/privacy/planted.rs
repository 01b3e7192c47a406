//! The invented people. Their characters and numbers stand in no definition and no example.

/// A person.
pub(super) struct Person {
    pub(super) name: &'static str,
    /// Birthday and sequence of the ID number.
    born: &'static str,
    pub(super) phone: &'static str,
    pub(super) account: &'static str,
}

/// Area of ID numbers that no county has.
const AREA: &str = "990101";

pub(super) const PEOPLE: [Person; 6] = [
    Person {
        name: "璩翀飏",
        born: "19810203001",
        phone: "19999010101",
        account: "6299010100000000101",
    },
    Person {
        name: "逄赟翯",
        born: "19720304002",
        phone: "19999010202",
        account: "6299010100000000202",
    },
    Person {
        name: "仉珄瓿",
        born: "19630405003",
        phone: "19999010303",
        account: "6299010100000000303",
    },
    Person {
        name: "麴犇骉",
        born: "19540506004",
        phone: "19999010404",
        account: "6299010100000000404",
    },
    Person {
        name: "亓昶旻",
        born: "19450607005",
        phone: "19999010505",
        account: "6299010100000000505",
    },
    Person {
        name: "逯燚垚",
        born: "19360708006",
        phone: "19999010606",
        account: "6299010100000000606",
    },
];

impl Person {
    /// The ID number with its check character by GB 11643.
    pub(super) fn id(&self) -> String {
        let head = format!("{AREA}{}", self.born);
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        let sum: u32 = head.bytes().zip(weights).map(|(b, w)| u32::from(b - b'0') * w).sum();
        let check = b"10X98765432"[(sum % 11) as usize];
        format!("{head}{}", char::from(check))
    }

    /// An ID number that is off by its last character.
    pub(super) fn wrong_id(&self) -> String {
        let id = self.id();
        let last = if id.ends_with('0') { '1' } else { '0' };
        format!("{}{last}", &id[..17])
    }
}

/// Every value that must appear nowhere.
pub(super) fn all() -> Vec<String> {
    let mut all = Vec::new();
    for person in &PEOPLE {
        all.push(person.name.to_owned());
        all.push(person.id());
        all.push(person.wrong_id());
        all.push(person.phone.to_owned());
        all.push(person.account.to_owned());
    }
    all
}

//! The keys and kinds of value that a seal must have, and what is said when it has not.

use serde_json::{Map, Value};
use thiserror::Error;

/// Why a text is no seal that can be trusted.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SealUnreadable {
    /// It is no JSON.
    #[error("第{line}行第{column}列起不是 JSON;这不是封存文件,或者传坏了,请换一份原件")]
    NotJson {
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
    },
    /// It ends too early.
    #[error("到第{line}行第{column}列就断了,封存文件不完整;请换一份原件")]
    Truncated {
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
    },
    /// A key stands twice in one object.
    #[error(
        "第{line}行第{column}列:键“{key}”写了两遍,两处不知以哪处为准;封存文件被改动过,请换一份原件"
    )]
    Twice {
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
        /// The key.
        key: String,
    },
    /// A number is a fraction or beyond 64 bits.
    #[error("第{line}行第{column}列的数不是整数;封存文件里的数量都是整数,请换一份原件")]
    NoInteger {
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
    },
    /// It says no format, or that of something else.
    #[error("不是镇账的封存文件:format 是{},应是 zhenzhang-seal/1", named(.found.as_deref()))]
    OtherFormat {
        /// What it says.
        found: Option<String>,
    },
    /// A newer program made it.
    #[error("封存文件的格式是 {found},这个程序只认得 zhenzhang-seal/1;请用新版的镇账打开")]
    Newer {
        /// What it says.
        found: String,
    },
    /// Keys are missing.
    #[error("封存文件的{}缺 {};文件被改动过或没有存全,请换一份原件", place(.path), .keys.join("、"))]
    Missing {
        /// Where, such as `verdicts[0]`; empty for the document itself.
        path: String,
        /// The keys.
        keys: Vec<String>,
    },
    /// There are keys that a seal has not.
    #[error("封存文件的{}多出 {};文件被改动过,请换一份原件", place(.path), .keys.join("、"))]
    Surplus {
        /// Where, such as `verdicts[0]`; empty for the document itself.
        path: String,
        /// The keys.
        keys: Vec<String>,
    },
    /// A value is not what stands there in a seal.
    #[error("封存文件的 {path} 不对,应是{expected};文件被改动过,请换一份原件")]
    Unfit {
        /// Where, such as `verdicts[0].line`.
        path: String,
        /// What should stand there.
        expected: &'static str,
    },
    /// The content is another one than was sealed.
    #[error("内容被改动过:封存时的摘要是 {sealed},现在算得 {found};请换一份原件")]
    Changed {
        /// The digest that the document carries.
        sealed: String,
        /// The digest of what it holds.
        found: String,
    },
}

fn named(format: Option<&str>) -> String {
    format.map_or_else(|| "空的".to_owned(), |format| format!("“{format}”"))
}

fn place(path: &str) -> String {
    if path.is_empty() { "最外层".to_owned() } else { format!(" {path} ") }
}

/// An object of the document whose keys are exactly those of a seal.
pub(super) struct Object<'v> {
    fields: &'v Map<String, Value>,
    path: String,
}

impl<'v> Object<'v> {
    /// The object at a path, if its keys are these.
    pub(super) fn new(
        value: &'v Value,
        path: &str,
        keys: &[&str],
    ) -> Result<Object<'v>, SealUnreadable> {
        let path = path.to_owned();
        let Value::Object(fields) = value else {
            return Err(SealUnreadable::Unfit { path, expected: "一个对象" });
        };
        let missing: Vec<String> =
            keys.iter().filter(|k| !fields.contains_key(**k)).map(|k| (*k).to_owned()).collect();
        if !missing.is_empty() {
            return Err(SealUnreadable::Missing { path, keys: missing });
        }
        let surplus: Vec<String> =
            fields.keys().filter(|k| !keys.contains(&k.as_str())).cloned().collect();
        if !surplus.is_empty() {
            return Err(SealUnreadable::Surplus { path, keys: surplus });
        }
        Ok(Object { fields, path })
    }

    fn path(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    fn value(&self, key: &str) -> &'v Value {
        // `new` has seen every key that is asked for; null fits none of them silently.
        self.fields.get(key).unwrap_or(&Value::Null)
    }

    pub(super) fn unfit(&self, key: &str, expected: &'static str) -> SealUnreadable {
        SealUnreadable::Unfit { path: self.path(key), expected }
    }

    pub(super) fn text(&self, key: &str) -> Result<String, SealUnreadable> {
        let text = self.value(key).as_str();
        text.map(str::to_owned).ok_or_else(|| self.unfit(key, "文字"))
    }

    pub(super) fn count(&self, key: &str) -> Result<u64, SealUnreadable> {
        self.value(key).as_u64().ok_or_else(|| self.unfit(key, "不小于零的整数"))
    }

    pub(super) fn integer(&self, key: &str) -> Result<i64, SealUnreadable> {
        self.value(key).as_i64().ok_or_else(|| self.unfit(key, "整数"))
    }

    /// What stands at a key, by `read`; nothing for null.
    pub(super) fn maybe<T>(
        &self,
        key: &str,
        read: impl FnOnce(&Self, &str) -> Result<T, SealUnreadable>,
    ) -> Result<Option<T>, SealUnreadable> {
        if self.value(key).is_null() { Ok(None) } else { read(self, key).map(Some) }
    }

    pub(super) fn truth(&self, key: &str) -> Result<bool, SealUnreadable> {
        self.value(key).as_bool().ok_or_else(|| self.unfit(key, "true 或 false"))
    }

    /// The object at a key, if its keys are these.
    pub(super) fn object(&self, key: &str, keys: &[&str]) -> Result<Object<'v>, SealUnreadable> {
        Object::new(self.value(key), &self.path(key), keys)
    }

    /// Each entry of an object of texts.
    pub(super) fn texts_by_key(&self, key: &str) -> Result<Vec<(String, String)>, SealUnreadable> {
        let fields = self.value(key).as_object().ok_or_else(|| self.unfit(key, "一个对象"))?;
        let entry = |(name, value): (&String, &Value)| {
            let text = value.as_str().ok_or_else(|| self.unfit(key, "值都是文字的对象"))?;
            Ok((name.clone(), text.to_owned()))
        };
        fields.iter().map(entry).collect()
    }

    /// The texts of a list.
    pub(super) fn texts(&self, key: &str) -> Result<Vec<String>, SealUnreadable> {
        let list = self.value(key).as_array().ok_or_else(|| self.unfit(key, "文字的列表"))?;
        let text = |v: &Value| v.as_str().map(str::to_owned);
        list.iter().map(|v| text(v).ok_or_else(|| self.unfit(key, "文字的列表"))).collect()
    }

    /// The items of a list of objects with these keys, each by `read`.
    pub(super) fn list<T>(
        &self,
        key: &str,
        keys: &[&str],
        read: impl Fn(&Object<'_>) -> Result<T, SealUnreadable>,
    ) -> Result<Vec<T>, SealUnreadable> {
        let list = self.value(key).as_array().ok_or_else(|| self.unfit(key, "列表"))?;
        let item = |(number, value): (usize, &Value)| {
            read(&Object::new(value, &format!("{}[{number}]", self.path(key)), keys)?)
        };
        list.iter().enumerate().map(item).collect()
    }
}

//! Signatures of a publisher, by which offices know what comes from them: SM2 with SM3 (GB/T
//! 32918.2-2016), under the identifier that GM/T 0009-2012 gives when nothing else is agreed, so
//! that other programs can verify them.

use std::fmt;
use std::path::{Path, PathBuf};

use sm2::dsa::signature::{MultipartSigner, MultipartVerifier};
use sm2::dsa::{Signature, SigningKey as Secret, VerifyingKey};
use sm3::{Digest, Sm3};
use thiserror::Error;
use zeroize::Zeroizing;

use crate::armor::Armor;
use crate::key_file::{self, Access, FileFault};
use crate::{Entropy, TextError, VaultError};

/// The identifier of the signer that GM/T 0009-2012 gives by default.
const IDENTIFIER: &str = "1234567812345678";

const SECRET_LINE: Armor = Armor { prefix: "ZZS1", name: "签名密钥" };
const PUBLIC_LINE: Armor = Armor { prefix: "ZZP1", name: "公钥" };

/// Length of a secret number and of a point on the curve (compressed), in bytes.
const SECRET: usize = 32;
const POINT: usize = 33;

/// Both are filled up with zeros to this, so that a line has whole groups.
const PAYLOAD: usize = 36;

/// Length of a signature in bytes: two numbers of the curve.
pub const SIGNATURE: usize = 64;

/// What keeps the fingerprint apart from every other use of SM3 here.
const FINGERPRINT_LABEL: &[u8] = b"zhenzhang public key";

/// Why something could not be signed, or a key not be had.
#[derive(Debug, Error)]
pub enum SignError {
    /// The operating system gives no random bytes, or nothing can be encrypted.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// A key file is missing, foreign, or cannot be read or written.
    #[error("{name}文件 {path}:{source}")]
    File {
        /// Which key should lie in it.
        name: &'static str,
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        #[source]
        source: FileFault,
    },
    /// A line that is no key.
    #[error(transparent)]
    Line(#[from] TextError),
    /// A line rightly typed, but with no key of the curve in it.
    #[error("这个{name}不是 SM2 曲线上的数,不是本程序生成的;请向发布者重新要一份")]
    NoKey {
        /// Which key it should be.
        name: &'static str,
    },
    /// The signature could not be made.
    #[error("签不了名:SM2 算法没有给出结果;请重新生成签名密钥")]
    NotSigned,
}

/// The key that a publisher signs with. Wiped when dropped.
pub struct SigningKey {
    bytes: Zeroizing<[u8; SECRET]>,
}

impl SigningKey {
    /// A new key.
    ///
    /// # Errors
    ///
    /// [`SignError::Vault`] without random bytes.
    pub fn generate(entropy: &mut Entropy) -> Result<SigningKey, SignError> {
        loop {
            let mut bytes = Zeroizing::new([0; SECRET]);
            entropy.fill(&mut *bytes)?;
            // Nearly every number is below the order of the curve; the others are thrown again.
            if let Ok(key) = SigningKey::new(bytes) {
                return Ok(key);
            }
        }
    }

    fn new(bytes: Zeroizing<[u8; SECRET]>) -> Result<SigningKey, SignError> {
        let key = SigningKey { bytes };
        key.secret().map(|_| ())?;
        Ok(key)
    }

    fn secret(&self) -> Result<Secret, SignError> {
        let no_key = |_| SignError::NoKey { name: SECRET_LINE.name };
        Secret::from_slice(IDENTIFIER, &*self.bytes).map_err(no_key)
    }

    /// The key that offices verify with.
    ///
    /// # Errors
    ///
    /// Never for a key that was made or read here.
    pub fn public(&self) -> Result<PublicKey, SignError> {
        PublicKey::new(self.secret()?.verifying_key().clone())
    }

    /// The signature of a message given in parts. The same message gives the same signature (RFC
    /// 6979), so no bad random number can give the key away.
    ///
    /// # Errors
    ///
    /// [`SignError::NotSigned`].
    pub fn sign(&self, message: &[&[u8]]) -> Result<[u8; SIGNATURE], SignError> {
        let signed: Result<Signature, _> = self.secret()?.try_multipart_sign(message);
        signed.map(|signature| signature.to_bytes().into()).map_err(|_| SignError::NotSigned)
    }

    /// Writes the key to a new file that only its owner can read.
    ///
    /// # Errors
    ///
    /// [`SignError::File`], also if there is a file already.
    pub fn write_file(&self, path: &Path) -> Result<(), SignError> {
        let mut payload = Zeroizing::new([0; PAYLOAD]);
        payload[..SECRET].copy_from_slice(&*self.bytes);
        let line = SECRET_LINE.encode(&payload);
        let text = Zeroizing::new(format!(
            "# 镇账台账包签名密钥。谁拿到它,谁就能以发布者的名义发更新:\n\
             # 只放在发布者手里,不要和更新文件一起发出去。\n\
             {}\n",
            *line
        ));
        key_file::write(path, &text, Access::Owner).map_err(fault(SECRET_LINE.name, path))
    }

    /// Reads the key from a file that [`SigningKey::write_file`] wrote.
    ///
    /// # Errors
    ///
    /// [`SignError::File`], also if others can read the file; [`SignError::NoKey`].
    pub fn read_file(path: &Path) -> Result<SigningKey, SignError> {
        let payload = key_file::read::<PAYLOAD>(path, &SECRET_LINE, Access::Owner)
            .map_err(fault(SECRET_LINE.name, path))?;
        let (secret, rest) = payload.split_at(SECRET);
        let no_key = || SignError::NoKey { name: SECRET_LINE.name };
        if rest.iter().any(|byte| *byte != 0) {
            return Err(no_key());
        }
        let bytes = <[u8; SECRET]>::try_from(secret).map_err(|_| no_key())?;
        SigningKey::new(Zeroizing::new(bytes))
    }
}

/// Nothing of the key is shown.
impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey").finish_non_exhaustive()
    }
}

fn fault(name: &'static str, path: &Path) -> impl FnOnce(FileFault) -> SignError {
    let path = path.to_path_buf();
    move |source| SignError::File { name, path, source }
}

/// The key that a signature is verified with. Anybody may have it.
#[derive(Clone, Debug)]
pub struct PublicKey {
    key: VerifyingKey,
    point: [u8; POINT],
}

impl PartialEq for PublicKey {
    fn eq(&self, other: &PublicKey) -> bool {
        self.point == other.point
    }
}

impl Eq for PublicKey {}

impl PublicKey {
    fn new(key: VerifyingKey) -> Result<PublicKey, SignError> {
        let no_key = || SignError::NoKey { name: PUBLIC_LINE.name };
        let whole = key.to_sec1_bytes();
        // 0x04, x, y; compressed it is x behind a byte that tells which of the two y it is.
        let (Some(x), Some(last)) = (whole.get(1..POINT), whole.get(2 * POINT - 2)) else {
            return Err(no_key());
        };
        let mut point = [0; POINT];
        point[0] = 2 | (last & 1);
        point[1..].copy_from_slice(x);
        Ok(PublicKey { key, point })
    }

    /// The key as one line: `ZZP1-` and groups of four characters.
    pub fn to_text(&self) -> String {
        let mut payload = [0; PAYLOAD];
        payload[..POINT].copy_from_slice(&self.point);
        PUBLIC_LINE.encode(&payload).to_string()
    }

    /// The key of such a line.
    ///
    /// # Errors
    ///
    /// [`SignError::Line`] for a typing mistake, [`SignError::NoKey`].
    pub fn from_text(text: &str) -> Result<PublicKey, SignError> {
        let payload = PUBLIC_LINE.decode::<PAYLOAD>(text)?;
        PublicKey::of_payload(&payload)
    }

    fn of_payload(payload: &[u8; PAYLOAD]) -> Result<PublicKey, SignError> {
        let no_key = || SignError::NoKey { name: PUBLIC_LINE.name };
        let (point, rest) = payload.split_at(POINT);
        if rest.iter().any(|byte| *byte != 0) {
            return Err(no_key());
        }
        let key = VerifyingKey::from_sec1_bytes(IDENTIFIER, point).map_err(|_| no_key())?;
        PublicKey::new(key)
    }

    /// What people compare over the telephone: 128 bits of SM3 over the key, in groups of four
    /// hexadecimal digits.
    pub fn fingerprint(&self) -> String {
        let hash = Sm3::new().chain_update(FINGERPRINT_LABEL).chain_update(self.point).finalize();
        let groups: Vec<String> =
            hash[..16].chunks(2).map(|pair| format!("{:02x}{:02x}", pair[0], pair[1])).collect();
        groups.join("-")
    }

    /// Whether the signature is of this key and of this message, given in parts.
    pub fn verifies(&self, message: &[&[u8]], signature: &[u8]) -> bool {
        Signature::from_slice(signature)
            .is_ok_and(|signature| self.key.multipart_verify(message, &signature).is_ok())
    }

    /// Writes the key to a new file for everybody to read.
    ///
    /// # Errors
    ///
    /// [`SignError::File`], also if there is a file already.
    pub fn write_file(&self, path: &Path) -> Result<(), SignError> {
        let text = format!(
            "# 镇账台账包公钥,指纹 {}\n\
             # 收到的人先当面或电话核对指纹,再运行 zhenzhang pack trust 本文件。\n\
             {}\n",
            self.fingerprint(),
            self.to_text()
        );
        key_file::write(path, &text, Access::All).map_err(fault(PUBLIC_LINE.name, path))
    }

    /// Reads the key from a file that [`PublicKey::write_file`] wrote.
    ///
    /// # Errors
    ///
    /// [`SignError::File`]; [`SignError::NoKey`].
    pub fn read_file(path: &Path) -> Result<PublicKey, SignError> {
        let payload = key_file::read::<PAYLOAD>(path, &PUBLIC_LINE, Access::All)
            .map_err(fault(PUBLIC_LINE.name, path))?;
        PublicKey::of_payload(&payload)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn key(seed: u64) -> SigningKey {
        SigningKey::generate(&mut Entropy::seeded(seed)).unwrap()
    }

    fn bytes(hex: &str) -> Vec<u8> {
        (0..hex.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap())
            .collect()
    }

    #[test]
    fn the_example_of_the_standard_verifies() {
        // GB/T 32918.5-2017, A.2: "message digest" under the default identifier.
        let x = bytes("09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020");
        let y = bytes("ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13");
        let point = [&[4][..], &x, &y].concat();
        let key =
            PublicKey::new(VerifyingKey::from_sec1_bytes(IDENTIFIER, &point).unwrap()).unwrap();
        let r = "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3";
        let s = "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa";
        let signature = bytes(&format!("{r}{s}"));
        assert!(key.verifies(&[b"message digest"], &signature));
        assert!(key.verifies(&[b"message ", b"digest"], &signature));
        assert!(!key.verifies(&[b"message digesT"], &signature));
        assert_eq!(PublicKey::from_text(&key.to_text()).unwrap(), key);
    }

    #[test]
    fn every_altered_byte_is_refused() {
        let key = key(1);
        let public = key.public().unwrap();
        let mut signature = key.sign(&[b"pack"]).unwrap();
        assert!(public.verifies(&[b"pack"], &signature));
        assert_eq!(signature, key.sign(&[b"pa", b"ck"]).unwrap());
        assert!(!self::key(2).public().unwrap().verifies(&[b"pack"], &signature));
        for at in 0..signature.len() {
            signature[at] ^= 1;
            assert!(!public.verifies(&[b"pack"], &signature), "{at}");
            signature[at] ^= 1;
        }
        assert!(!public.verifies(&[b"pack"], &signature[1..]));
        assert!(!public.verifies(&[b"pack"], &[0; SIGNATURE]));
        assert!(!public.verifies(&[b"pack"], &[]));
    }

    #[test]
    fn lines_and_fingerprints_stay_as_they_are() {
        // Keys that offices trust have to be understood for ever.
        let public = key(7).public().unwrap();
        let text = public.to_text();
        assert_eq!(
            text,
            "ZZP1-0BHE-KZW1-BRC7-KGC9-5KGA-SZMK-D044-PMBE-0FFS-Z5G8-SW71-WPA7-SKD9-8000-023H-WVKV"
        );
        assert_eq!(public.fingerprint(), "f7cc-cd1c-135b-e358-a5a4-481d-5141-fb70");
        let error = PublicKey::from_text(&text.replace("ZZP1", "ZZK1")).unwrap_err();
        assert!(matches!(error, SignError::Line(TextError::Prefix { .. })), "{error}");
        let spoilt = PUBLIC_LINE.encode(&[5; PAYLOAD]);
        assert!(matches!(PublicKey::from_text(&spoilt), Err(SignError::NoKey { .. })));
        assert_eq!(format!("{:?}", key(7)), "SigningKey { .. }");
    }

    #[test]
    fn files_are_told_apart_and_never_overwritten() {
        let directory = std::env::temp_dir().join(format!("zhenzhang-sign-{}", std::process::id()));
        std::fs::create_dir_all(&directory).unwrap();
        let (secret, public) = (directory.join("key"), directory.join("key.pub"));
        let key = key(3);
        key.write_file(&secret).unwrap();
        key.public().unwrap().write_file(&public).unwrap();
        let read = SigningKey::read_file(&secret).unwrap();
        assert_eq!(read.public().unwrap(), PublicKey::read_file(&public).unwrap());
        let told = |error: SignError| error.to_string();
        assert!(told(key.write_file(&secret).unwrap_err()).contains("已经存在"));
        assert!(told(PublicKey::read_file(&secret).unwrap_err()).contains("“ZZP1-”"));
        assert!(
            told(SigningKey::read_file(&directory.join("no")).unwrap_err())
                .contains("没有这个文件")
        );
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!(mode(&secret), 0o600);
            std::fs::set_permissions(&secret, std::fs::Permissions::from_mode(0o644)).unwrap();
            assert!(told(SigningKey::read_file(&secret).unwrap_err()).contains("chmod 600"));
        }
        std::fs::remove_dir_all(directory).unwrap();
    }

    proptest! {
        #[test]
        fn keys_of_any_seed_read_back(seed: u64) {
            let public = key(seed).public().unwrap();
            prop_assert_eq!(PublicKey::from_text(&public.to_text()).unwrap(), public);
        }
    }
}

//! Where a picture was taken does not reach the store; the picture itself does, bit for
//! bit, with its time and the way it has to be turned.

use evidence::{Limits, Prepared, prepare};

use crate::sample::{
    Entry, PLANTED, SECRET, TAKEN, chunk, decoded, exif_segment, inserted, phone_tiff, plain_jpeg,
    plain_png, segment, tiff, xmp_segment,
};

fn holds(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|w| w == word)
}

/// Nothing that was planted is left in a file or its thumbnail, and preparing again
/// changes nothing.
#[track_caller]
fn check_clean(name: &str, prepared: &Prepared) {
    let thumbnail = prepared.thumbnail.as_deref().unwrap();
    for bytes in [&prepared.bytes, thumbnail] {
        for word in
            [SECRET.as_bytes(), b"GPS", b"xap", &PLANTED.to_le_bytes(), &PLANTED.to_be_bytes()]
        {
            assert!(!holds(bytes, word), "{name}: {word:?}");
        }
        assert!(!holds(bytes, &[0x88, 0x25]) && !holds(bytes, &[0x25, 0x88]), "{name}: pointer");
    }
    assert!(!holds(thumbnail, b"Exif"), "{name}");
    let again = prepare(name, &prepared.bytes, Limits::default()).unwrap();
    assert!(!again.stripped, "{name}");
    assert_eq!(again.bytes, prepared.bytes, "{name}");
}

#[track_caller]
fn check_jpeg(
    what: &str,
    plain: &[u8],
    metadata: &[u8],
    trailer: &[u8],
    is_position: bool,
) -> Prepared {
    let bytes = [inserted(plain, 2, metadata).as_slice(), trailer].concat();
    let prepared = prepare("照片.jpg", &bytes, Limits::default()).unwrap();
    check_clean("照片.jpg", &prepared);
    assert_eq!(prepared.stripped, is_position, "{what}");
    assert_eq!(decoded(&prepared.bytes), decoded(plain), "{what}");
    prepared
}

#[test]
fn positions_of_a_phone_go_and_time_and_orientation_stay() {
    for (little, progressive) in [(true, false), (false, false), (true, true), (false, true)] {
        let plain = plain_jpeg(400, 200, progressive);
        let exif = exif_segment(&phone_tiff(little));
        let second = exif_segment(&phone_tiff(!little));
        let everything = [
            exif,
            xmp_segment(),
            second,
            segment(0xe2, format!("MPF\0{SECRET}").as_bytes()),
            segment(0xed, format!("Photoshop 3.0\0{SECRET}").as_bytes()),
            segment(0xfe, SECRET.as_bytes()),
        ]
        .concat();
        let trailer = [plain.clone(), SECRET.as_bytes().to_vec()].concat();
        let prepared = check_jpeg("phone", &plain, &everything, &trailer, true);
        assert_eq!(prepared.bytes.windows(20).filter(|w| *w == TAKEN.as_bytes()).count(), 2);
        assert!(holds(&prepared.bytes, b"HUAWEI\0"));
        // Orientation 6 as a SHORT, in the byte order of the file.
        let orientation: &[u8] = if little {
            &[0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0]
        } else {
            &[1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6]
        };
        assert!(holds(&prepared.bytes, orientation));
        assert_eq!(prepared.dimensions, Some((200, 400)));
        // It stands upright: 160 wide, 320 high, red rises downwards, green to the left.
        let thumbnail = prepared.thumbnail.unwrap();
        let pixels = decoded(&thumbnail);
        assert_eq!(pixels.len(), 160 * 320 * 3);
        let at = |x: usize, y: usize| &pixels[(y * 160 + x) * 3..][..2];
        assert!(at(5, 5)[0] < 30 && at(5, 5)[1] > 220, "{:?}", at(5, 5));
        assert!(at(155, 315)[0] > 220 && at(155, 315)[1] < 30, "{:?}", at(155, 315));
    }
}

#[test]
fn each_place_of_a_position_is_found() {
    let plain = plain_jpeg(40, 30, false);
    let version_only =
        tiff(true, &[&[Entry::Link(0x8825, 1)], &[Entry::Bytes(0, 1, &[2, 3, 0, 0])]]);
    let cases = [
        ("nothing", Vec::new(), Vec::new(), false),
        ("exif", exif_segment(&phone_tiff(true)), Vec::new(), true),
        ("xmp", xmp_segment(), Vec::new(), true),
        ("text behind the end", Vec::new(), b"{\"GPSLatitude\":30.1}".to_vec(), true),
        ("picture behind the end", Vec::new(), exif_segment(&phone_tiff(false)), true),
        ("other data behind the end", Vec::new(), SECRET.as_bytes().to_vec(), false),
        ("a directory without a place", exif_segment(&version_only), Vec::new(), false),
        ("no tiff", exif_segment(SECRET.as_bytes()), Vec::new(), false),
    ];
    for (what, metadata, trailer, is_position) in cases {
        check_jpeg(what, &plain, &metadata, &trailer, is_position);
    }
}

#[test]
fn segments_between_scans_go_as_well() {
    let plain = plain_jpeg(64, 64, true);
    let scan = plain.windows(2).rposition(|w| w == [0xff, 0xda]).unwrap();
    let bytes = inserted(&plain, scan, &exif_segment(&phone_tiff(true)));
    let prepared = prepare("a.jpg", &bytes, Limits::default()).unwrap();
    check_clean("a.jpg", &prepared);
    assert!(prepared.stripped);
    assert_eq!(decoded(&prepared.bytes), decoded(&plain));
}

#[test]
fn a_value_that_has_no_room_for_its_tag_is_left_out() {
    let odd = tiff(
        true,
        &[&[
            Entry::Bytes(0x0112, 7, SECRET.as_bytes()),
            Entry::Bytes(0x0132, 2, SECRET.as_bytes()),
            Entry::Bytes(0x0110, 2, &[b'x'; 65]),
            Entry::Fractions(0x011a, &[[PLANTED, 1], [PLANTED, 1]]),
        ]],
    );
    let prepared = check_jpeg("odd", &plain_jpeg(8, 8, false), &exif_segment(&odd), b"", false);
    assert!(!holds(&prepared.bytes, b"Exif"));
}

#[test]
fn a_colour_profile_stays() {
    let profile = segment(0xe2, b"ICC_PROFILE\0\x01\x01profile");
    let prepared = check_jpeg("icc", &plain_jpeg(8, 8, false), &profile, b"", false);
    assert!(holds(&prepared.bytes, b"profile"));
}

#[test]
fn a_png_loses_positions_texts_and_what_follows() {
    for color in [png::ColorType::Rgb, png::ColorType::Rgba, png::ColorType::GrayscaleAlpha] {
        let plain = plain_png(400, 200, color);
        let text = format!("XML:com.adobe.xmp\0\0\0\0\0GPSLatitude {SECRET}");
        let metadata = [
            chunk(b"eXIf", &phone_tiff(false)),
            chunk(b"iTXt", text.as_bytes()),
            chunk(b"tEXt", format!("Comment\0{SECRET}").as_bytes()),
            chunk(b"zTXt", format!("Comment\0{SECRET}").as_bytes()),
            chunk(b"prVt", SECRET.as_bytes()),
        ];
        let bytes = [inserted(&plain, 33, &metadata.concat()), SECRET.as_bytes().to_vec()].concat();
        let prepared = prepare("扫描.png", &bytes, Limits::default()).unwrap();
        check_clean("扫描.png", &prepared);
        assert!(prepared.stripped);
        assert!(holds(&prepared.bytes, TAKEN.as_bytes()));
        assert_eq!(prepared.dimensions, Some((200, 400)));
        assert_eq!(decoded(&prepared.thumbnail.unwrap()).len(), 160 * 320 * 3);
        let unchanged = prepare("扫描.png", &plain, Limits::default()).unwrap();
        assert_eq!((unchanged.bytes, unchanged.stripped), (plain, false));
    }
}

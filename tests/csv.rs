//! Points from files: ours, other people's, and hostile ones.

#![allow(missing_docs)]

use uncrumple::Error;
use uncrumple::data::Points;
use uncrumple::data::csv::{Bad, Imported, parse, to_csv};
use uncrumple::rng::Rng;

fn read(text: &str) -> Imported {
    parse(text.as_bytes(), Bad::Refuse).unwrap()
}

fn refusal(text: &str) -> (usize, String) {
    match parse(text.as_bytes(), Bad::Refuse) {
        Err(Error::Csv { line, what }) => (line, what),
        other => panic!("{text:?}: {other:?}"),
    }
}

#[test]
fn plain_lines_are_points() {
    let got = read("0.5,-0.25,0\n-1,1,1\n");
    assert_eq!(got.points.x, [0.5, -0.25, -1.0, 1.0]);
    assert_eq!(got.points.class, [0, 1]);
    assert_eq!(got.points.held_out, [false, false]);
    assert_eq!((got.scaled, got.skipped), (false, 0));
}

#[test]
fn the_ways_programs_write_tables_are_all_the_same() {
    let plain = read("0.5,-0.25,0,1\n-1,0.125,1,0\n");
    for text in [
        "x,y,class,held-out\n0.5,-0.25,0,1\n-1,0.125,1,0\n",
        "0.5,-0.25,0,1\r\n-1,0.125,1,0\r\n",
        "0.5,-0.25,0,1\r-1,0.125,1,0",
        "\u{feff}\"x\",\"y\",\"class\",\"test\"\n\"0.5\",\"-0.25\",\"0\",\"1\"\n'-1','0.125','1','0'",
        "0.5\t-0.25\t0\t1\n-1\t0.125\t1\t0\n",
        "0,5;-0,25;0;1\n-1;0,125;1;0\n",
        "# a comment, with commas\n\n  \n 0.5 , -0.25 , 0 , TRUE \n# another\n-1e0,+.125,1,train,\n\n",
        "0.5,-0.25,0,test\n-1,1.25e-1,1,train,,,\n",
    ] {
        assert_eq!(read(text), plain, "{text:?}");
    }
}

#[test]
fn classes_may_be_called_anything() {
    let classes = |labels: &[&str]| {
        let lines: String = labels.iter().map(|label| format!("0,0,{label}\n")).collect();
        read(&lines).points.class
    };
    assert_eq!(classes(&["dog", "cat", "dog"]), [0, 1, 0]);
    assert_eq!(classes(&["10", "9", "-3", "9"]), [2, 1, 0, 1]);
    assert_eq!(classes(&["2", "1", "1"]), [1, 0, 0]);
    assert_eq!(classes(&["0", "3", "1"]), [0, 3, 1]);
    assert_eq!(classes(&["1", "", "2"].map(|l| if l.is_empty() { "\"naïve 猫\"" } else { l })), [0, 1, 2]);
    // Our own files name the class itself, also where class 0 does not occur.
    assert_eq!(read("0,0,3,0\n0,0,1,1\n").points.class, [3, 1]);
}

#[test]
fn six_classes_are_one_too_many() {
    let lines: String = (0..9).map(|k| format!("0,0,{}\n", k % 6)).collect();
    let error = parse(lines.as_bytes(), Bad::Skip).unwrap_err();
    assert_eq!(error, Error::TooMany { what: "classes", max: 5, got: 6 });
}

#[test]
fn points_outside_the_plot_are_brought_in_together() {
    let got = read("10,100,a\n30,100,b\n20,110,a\n");
    assert!(got.scaled);
    assert_eq!(got.points.x, [-0.95, -0.475, 0.95, -0.475, 0.0, 0.475]);
    let huge = read("3e38,0,0\n-3e38,1e38,1\n");
    assert!(huge.scaled && huge.points.x.iter().all(|v| v.abs() <= 0.951), "{:?}", huge.points.x);
    assert_eq!(read("5,5,0\n5,5,1\n").points.x, [0.0; 4]);
}

#[test]
fn a_bad_line_is_named() {
    for (text, line, what) in [
        ("0,0,0\n0,zero,1\n", 2, "y is not a number: zero"),
        ("x,y,class\n# c\n\n0,0,0\n,0,1", 5, "x is missing"),
        ("0,0,0\r\n0\r\n", 2, "y is missing"),
        ("0,0,0\n0,0\n", 2, "the class is missing"),
        ("0,0,0\nnan,0,1\n", 2, "x is not a number: nan"),
        ("0,0,0\n0,-inf,1\n", 2, "y is not a number: -inf"),
        ("0,0,0\n1e99,0,1\n", 2, "x is not a number: 1e99"),
        ("0,0,0\n0,0,0,maybe\n", 2, "held-out is neither 0 nor 1: maybe"),
        ("0,0,0\n0,0,0,0,0\n", 2, "there are more than four values"),
        ("0,0,0\n0x10,0,0\n", 2, "x is not a number: 0x10"),
        ("", 1, "there is no point in it"),
        ("x,y,class\n", 1, "there is no point in it"),
        ("# nothing\n\n\n", 1, "there is no point in it"),
        ("0;0;0\n0,0,0\n", 2, "x is not a number: 0,0,0"),
    ] {
        assert_eq!(refusal(text), (line, what.to_owned()), "{text:?}");
    }
}

#[test]
fn bad_lines_can_be_passed_over_and_are_counted() {
    let got = parse(b"x,y,c\n0,0,0\nbad\n0,1,1\n\xff\xfe,0,0\n1,nan,0\n", Bad::Skip).unwrap();
    assert_eq!((got.points.len(), got.skipped), (2, 3));
    assert_eq!(parse(b"bad\nworse\n", Bad::Skip).unwrap_err().code(), "csv");
}

#[test]
fn a_million_rows_are_refused_with_their_number() {
    let text = "0.125,-0.5,1\n".repeat(1_000_000);
    for bad in [Bad::Refuse, Bad::Skip] {
        let error = parse(text.as_bytes(), bad).unwrap_err();
        assert_eq!(error, Error::TooMany { what: "rows", max: 5000, got: 1_000_000 });
    }
    assert_eq!(read(&text[..13 * 5000]).points.len(), 5000);
}

#[test]
fn hostile_bytes_are_refused_in_short_words() {
    let mut cases: Vec<Vec<u8>> = vec![
        vec![0; 100_000],
        vec![b','; 100_000],
        vec![b'"'; 100_000],
        vec![b'\n'; 100_000],
        vec![0xFF; 1000],
        b"0,0,\"0\n0,0,1".to_vec(),
        [b"0,0,0\n".to_vec(), vec![b'9'; 1_000_000]].concat(),
        [b"0,0,0\n\x1b[31m".to_vec(), "é".repeat(1000).into_bytes()].concat(),
        "\u{202e}0,0,0".into(),
    ];
    let mut rng = Rng::seeded(3);
    for _ in 0..500 {
        let alphabet = b"0123456789.,;\t\n\r\"'#-+eEnaif \xC3\xA9\xFF";
        let pick = |rng: &mut Rng| alphabet[rng.below(alphabet.len() as u32) as usize];
        cases.push((0..200).map(|_| pick(&mut rng)).collect());
    }
    for bytes in cases {
        for bad in [Bad::Refuse, Bad::Skip] {
            match parse(&bytes, bad) {
                Ok(got) => assert!(got.points.x.iter().all(|v| v.abs() <= 1.0)),
                Err(Error::Csv { line, what }) => {
                    assert!(
                        line >= 1 && what.chars().count() < 60 && !what.contains(char::is_control),
                        "{what}"
                    );
                }
                Err(error) => assert_eq!(error.code(), "too-many"),
            }
        }
    }
}

#[test]
fn any_points_come_back_from_a_file_to_the_bit() {
    let mut rng = Rng::seeded(5);
    for _ in 0..200 {
        let mut points = Points::default();
        for _ in 0..1 + rng.below(60) {
            let mut coordinate = || loop {
                let v = f32::from_bits(rng.next_u32());
                if v.abs() <= 1.0 {
                    return v;
                }
            };
            let at = [coordinate(), coordinate()];
            points.push(at, rng.below(5), rng.below(2) == 0);
        }
        let got = read(&to_csv(&points));
        let bits = |p: &Points| p.x.iter().map(|v| v.to_bits()).collect::<Vec<_>>();
        assert_eq!(bits(&got.points), bits(&points));
        assert_eq!((got.points.class, got.points.held_out), (points.class, points.held_out));
        assert!(!got.scaled);
    }
}

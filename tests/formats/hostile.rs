//! Files that are broken, cut, too long or made to mislead: each is refused with a reason, none does harm.

use crate::{branching, every_term};
use uncrumple::Error;
use uncrumple::formats::safetensors::{File, write};
use uncrumple::nn::Network;

/// A file of this header and so many zero bytes.
fn file(header: &str, data: usize) -> Vec<u8> {
    let mut bytes = (header.len() as u64).to_le_bytes().to_vec();
    bytes.extend_from_slice(header.as_bytes());
    bytes.resize(bytes.len() + data, 0);
    bytes
}

/// A tensor of the header.
fn tensor(name: &str, dtype: &str, shape: &str, from: u64, to: u64) -> String {
    format!("\"{name}\":{{\"dtype\":\"{dtype}\",\"shape\":{shape},\"data_offsets\":[{from},{to}]}}")
}

fn refused(bytes: &[u8]) -> String {
    let error = File::read(bytes).expect_err("not a sound file");
    format!("{}: {error}", error.code())
}

#[test]
fn every_truncation_is_refused_as_one() {
    let bytes = write(&every_term(), &[]);
    for end in 0..bytes.len() {
        assert_eq!(
            refused(&bytes[..end]),
            "network-file: this network file cannot be used: it ends too early",
            "{end}"
        );
    }
}

#[test]
fn no_single_wrong_byte_gets_a_wrong_number_in_unseen() {
    let net = every_term();
    let bytes = write(&net, &[]);
    let header = 8 + u64::from_le_bytes(*bytes.first_chunk().expect("eight")) as usize;
    let (mut refusals, mut accepted) = (0, 0);
    for at in 0..bytes.len() {
        for flip in [1, 2, 4, 8, 16, 32, 64, 128, 255] {
            let mut wrong = bytes.clone();
            wrong[at] ^= flip;
            let mut filled: Network = net.clone();
            match File::read(&wrong).and_then(|file| file.fill(&mut filled)) {
                Ok(()) => {
                    accepted += 1;
                    let changed =
                        filled.params.iter().zip(&net.params).filter(|(a, b)| a.to_bits() != b.to_bits());
                    // In the header only the description can change and leave a sound file; below it, one number.
                    assert_eq!(changed.count(), usize::from(at >= header), "byte {at}");
                    assert!(filled.params.iter().all(|p| p.is_finite()));
                }
                Err(error) => {
                    assert!(!error.code().is_empty());
                    refusals += 1;
                }
            }
        }
    }
    assert!(refusals > 1_000 && accepted > 1_000, "{refusals} refused, {accepted} accepted");
}

#[test]
fn what_is_wrong_is_named() {
    let one = |dtype, shape, from, to| file(&format!("{{{}}}", tensor("a", dtype, shape, from, to)), 8);
    let two = |a: (u64, u64), b: (u64, u64), data| {
        let header =
            format!("{{{},{}}}", tensor("a", "F32", "[1]", a.0, a.1), tensor("b", "F32", "[1]", b.0, b.1));
        file(&header, data)
    };
    let cases = [
        (file("{", 0), "it is not a safetensors file"),
        (file("[]", 0), "it is not a safetensors file"),
        (b"x,y,class\n0.1,0.2,0\n".to_vec(), "it is not a safetensors file"),
        (file("{\"a\":3}", 0), "it is not a safetensors file"),
        (file("{\"a\":{}}", 0), "a tensor is not described in full: a"),
        (file("{\"__metadata__\":{\"spec\":3}}", 0), "it is not a safetensors file"),
        (file("{\"a\":{\"colour\":\"blue\"}}", 0), "it is not a safetensors file"),
        (
            file("{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}", 4),
            "it is not a safetensors file",
        ),
        (one("F32", "[3]", 0, 8), "a tensor is not as long as its shape: a"),
        (one("F32", "[2]", 8, 0), "a tensor is not as long as its shape: a"),
        (one("F32", "[4294967296,4294967296]", 0, 0), "a tensor is not as long as its shape: a"),
        (one("F32", "[2305843009213693953]", 0, 4), "a tensor is not as long as its shape: a"),
        (one("F32", "[1]", 0, 4), "it goes on after its last tensor"),
        (one("F32", "[3]", 0, 12), "it ends too early"),
        (one("F32", "[4611686018427387903]", 0, 18446744073709551612), "it ends too early"),
        (two((0, 4), (0, 4), 8), "its tensors overlap or leave a gap: b"),
        (two((0, 4), (2, 6), 6), "its tensors overlap or leave a gap: b"),
        (two((0, 4), (8, 12), 12), "its tensors overlap or leave a gap: b"),
    ];
    for (bytes, what) in cases {
        assert_eq!(refused(&bytes), format!("network-file: this network file cannot be used: {what}"));
    }
    assert_eq!(refused(&one("F16", "[4]", 0, 8)), "tensor: tensor `a`: expected F32, got F16");
    assert_eq!(refused(&one("banana", "[4]", 0, 8)), "tensor: tensor `a`: expected F32, got banana");
    assert!(File::read(&two((4, 8), (0, 4), 8)).is_ok(), "in any order");
    let twice = format!("{{{0},{0}}}", tensor("a", "F32", "[0]", 0, 0));
    assert!(refused(&file(&twice, 0)).ends_with("it is not a safetensors file"), "the same name twice");
}

#[test]
fn numbers_that_are_none_are_refused_by_name() {
    let net = every_term();
    for number in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
        let mut sick = net.clone();
        *sick.params.last_mut().expect("a bias") = number;
        assert_eq!(refused(&write(&sick, &[])), "non-finite: `6.bias` must be a finite number");
    }
}

#[test]
fn what_is_too_much_is_refused_before_it_is_looked_at() {
    assert!(matches!(File::read(&vec![0; (64 << 20) + 1]), Err(Error::TooMany { what: "bytes", .. })));
    let many = |count| {
        (0..count).map(|i: u32| tensor(&i.to_string(), "F32", "[0]", 0, 0)).collect::<Vec<_>>().join(",")
    };
    assert!(File::read(&file(&format!("{{{}}}", many(900)), 0)).is_ok());
    assert!(refused(&file(&format!("{{{}}}", many(1_001)), 0)).ends_with("it is not a safetensors file"));
    let mut endless = u64::MAX.to_le_bytes().to_vec();
    endless.resize(64, b' ');
    assert!(refused(&endless).ends_with("it is not a safetensors file"));
}

#[test]
fn tensors_that_do_not_fit_are_refused_with_both_shapes() {
    let (mine, theirs) = (every_term(), branching());
    let bytes = write(&theirs, &[]);
    let fill = |net: &Network| {
        File::read(&bytes).expect("sound").fill(&mut net.clone()).expect_err("another network")
    };
    assert_eq!(
        fill(&mine).to_string(),
        "this network file cannot be used: the network has no place for a tensor: 0.weight"
    );
    let mut header = String::from("{");
    for (i, (name, shape, len)) in
        [("0.weight", "[2,3]", 24), ("0.bias", "[2]", 8), ("1.weight", "[2,2]", 16)].iter().enumerate()
    {
        let from = [0, 24, 32][i];
        header += &(tensor(name, "F32", shape, from, from + len) + if i < 2 { "," } else { "}" });
    }
    let bytes = file(&header, 48);
    let error = File::read(&bytes).expect("sound").fill(&mut theirs.clone()).expect_err("another shape");
    assert_eq!(error, Error::Tensor { name: "0.weight".into(), expected: "2×2".into(), got: "2×3".into() });
    let lacking = file(&format!("{{{}}}", tensor("0.weight", "F32", "[2,2]", 0, 16)), 16);
    let error = File::read(&lacking).expect("sound").fill(&mut theirs.clone()).expect_err("no bias");
    assert_eq!(error.to_string(), "this network file cannot be used: a tensor is missing: 0.bias");
}

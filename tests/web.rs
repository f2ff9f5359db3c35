//! The glue, in a real browser: what JavaScript gets when it asks, and what it gets when it asks for nonsense.
#![cfg(target_arch = "wasm32")]

use js_sys::{Float32Array, Object, Reflect, Uint32Array};
use uncrumple::web::LabHandle;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

fn lab(knobs: &[(&str, JsValue)]) -> Result<LabHandle, JsValue> {
    let config = Object::new();
    for (knob, value) in knobs {
        Reflect::set(&config, &(*knob).into(), value).expect("a plain object");
    }
    LabHandle::new("boundary", config.into(), 1)
}

fn get(object: &JsValue, key: &str) -> JsValue {
    Reflect::get(object, &key.into()).expect("an object")
}

/// `name`, `code` of what was thrown.
fn thrown(error: &JsValue) -> (String, String) {
    let text = |key| get(error, key).as_string().unwrap_or_default();
    (text("name"), text("code"))
}

#[wasm_bindgen_test]
fn a_thousand_steps_have_the_hash_of_every_other_target() {
    let mut lab = LabHandle::new("boundary", JsValue::UNDEFINED, 1).expect("defaults");
    assert_eq!(lab.step(1_000).expect("defaults train"), 1_000);
    let line = include_str!("portable/bits.txt").lines().find_map(|l| l.strip_prefix("labs: boundary "));
    let first = lab.hash();
    assert_eq!(Some(first.as_str()), line, "the hash that native code and Node have");
    lab.seek(0.0).expect("the past is kept");
    lab.seek(1_000.0).expect("and the way back");
    assert_eq!(lab.hash(), first, "there and back");
    lab.restart(1).expect("it ran before");
    lab.step(1_000).expect("as before");
    assert_eq!(lab.hash(), first, "from the start again");
}

#[wasm_bindgen_test]
fn a_lab_describes_itself_in_plain_objects() {
    assert_eq!(LabHandle::ids(), uncrumple::labs::IDS);
    let about = LabHandle::describe("boundary").expect("a lab");
    let knobs: js_sys::Array = get(&about, "knobs").unchecked_into();
    let rate = knobs.iter().find(|k| get(k, "id") == "rate").expect("a rate");
    assert_eq!(get(&get(&rate, "kind"), "scale"), "log");
    assert_eq!(get(&rate, "live"), JsValue::TRUE);
    let own = lab(&[("rate", 0.5.into())]).expect("in range");
    assert_eq!(get(&own.config().expect("an object"), "rate"), 0.5);
}

#[wasm_bindgen_test]
fn channels_are_read_by_name_and_by_pointer_alike() {
    let mut lab = lab(&[("resolution", 16.into())]).expect("in range");
    lab.step(3).expect("three steps");
    lab.draw();
    assert!(lab.channels().contains(&"field".to_owned()));
    let dims = lab.dims("field").expect("drawn");
    assert_eq!(dims, [2, 256]);
    let copy = lab.read("field").expect("drawn");
    let ptr = lab.ptr("field").expect("drawn");
    let memory: js_sys::WebAssembly::Memory = wasm_bindgen::memory().unchecked_into();
    let view = Float32Array::new_with_byte_offset_and_length(&memory.buffer(), ptr, dims[0] * dims[1]);
    assert_eq!(view.to_vec(), copy);
    assert!(lab.read("banana").is_none() && lab.ptr("banana").is_none() && lab.dims("banana").is_none());
}

#[wasm_bindgen_test]
fn nonsense_throws_a_lab_error_with_a_code_and_the_figure_goes_on() {
    let mut figure = lab(&[]).expect("defaults");
    figure.step(20).expect("trains");
    let before = figure.hash();
    let expect = |result: Result<(), JsValue>, code: &str| {
        let error = result.expect_err(code);
        assert!(error.is_instance_of::<js_sys::Error>());
        assert_eq!(thrown(&error), ("LabError".to_owned(), code.to_owned()));
    };
    expect(LabHandle::new("banana", JsValue::UNDEFINED, 1).map(drop), "unknown-lab");
    expect(LabHandle::new("boundary", 3.into(), 1).map(drop), "wrong-type");
    expect(lab(&[("banana", 1.into())]).map(drop), "unknown-knob");
    expect(figure.set("rate", f64::NAN.into()).map(drop), "non-finite");
    expect(figure.set("rate", 1e9.into()).map(drop), "parameter");
    expect(figure.set("rate", "quick".into()).map(drop), "wrong-type");
    expect(figure.set("rate", JsValue::NULL).map(drop), "wrong-type");
    expect(figure.set("dataset", "banana".into()).map(drop), "choice");
    expect(figure.set("layers", "9,9,9,9,9,9,9,9,9".into()).map(drop), "too-many");
    expect(figure.input("paint", &[0.0, f32::NAN, 0.0, 0.1]), "non-finite");
    expect(figure.input("paint", &[0.0]), "length");
    expect(figure.load("points.csv", b"x,y,class\n0.5,0.5\n"), "csv");
    expect(figure.seek(-1.0).map(drop), "parameter");
    expect(figure.ask("banana", &[0.0, 0.0]).map(drop), "unknown-input");
    expect(figure.export_file("banana").map(drop), "unknown-export");
    assert_eq!(figure.hash(), before, "nothing of this left a trace");
    figure.step(1).expect("and it goes on");
}

#[wasm_bindgen_test]
fn the_data_of_an_error_says_where_it_was() {
    let mut figure = lab(&[]).expect("defaults");
    let error = figure.load("points.csv", b"0,0,0\n0.1,0.1,1\nbanana\n").expect_err("line 3");
    assert_eq!(get(&get(&error, "data"), "line"), 3);
    let error = figure.set("rate", 1e9.into()).expect_err("too much");
    assert_eq!(get(&get(&error, "data"), "max"), 10);
}

#[wasm_bindgen_test]
fn frames_leave_as_typed_arrays_a_page_can_draw() {
    // The page paints the field through ImageData: the numbers must do for its clamped bytes.
    let mut lab = lab(&[("resolution", 16.into())]).expect("in range");
    lab.draw();
    let field = lab.read("field").expect("drawn");
    let pixels: Vec<u8> = field[..256].iter().flat_map(|p| [(255.0 * p) as u8, 0, 0, 255]).collect();
    let clamped = wasm_bindgen::Clamped(&pixels[..]);
    let image = web_sys::ImageData::new_with_u8_clamped_array(clamped, 16).expect("16 × 16 pixels");
    assert_eq!((image.width(), image.height()), (16, 16));
    let dims: Uint32Array = lab.dims("points").expect("drawn")[..].into();
    assert_eq!(dims.get_index(1), 4);
}

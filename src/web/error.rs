//! Values and errors across the boundary: an [`Error`] becomes a JS `Error` with `name`, `code` and `data`.

use crate::error::{Datum, Error, short};
use crate::labs::Value;
use js_sys::{Object, Reflect};
use serde::Serialize;
use wasm_bindgen::{JsCast, JsValue};

impl From<Error> for JsValue {
    fn from(error: Error) -> Self {
        let js = js_sys::Error::new(&error.to_string());
        js.set_name("LabError");
        let data = Object::new();
        error.data(&mut |name, datum| match datum {
            Datum::Number(v) => put(&data, name, &v.into()),
            Datum::Text(text) => put(&data, name, &text.into()),
        });
        put(&js, "code", &error.code().into());
        put(&js, "data", &data);
        js.into()
    }
}

fn put(object: &JsValue, key: &str, value: &JsValue) {
    // Setting a plain property on a fresh object cannot fail.
    let _ = Reflect::set(object, &key.into(), value);
}

/// Plain objects rather than `Map`s.
pub fn to_js(value: &impl Serialize) -> Result<JsValue, JsValue> {
    Ok(value.serialize(&serde_wasm_bindgen::Serializer::json_compatible())?)
}

/// A knob's value from JavaScript; its range is checked later, by the knob.
pub fn value(name: &str, value: &JsValue) -> Result<Value, Error> {
    let wrong = || Error::WrongType {
        name: short(name),
        expected: "a number, a text or a boolean",
        got: value.js_typeof().as_string().unwrap_or_default(),
    };
    let number = value.as_f64().map(Value::Number);
    number
        .or_else(|| value.as_bool().map(Value::Flag))
        .or_else(|| value.as_string().map(Value::Text))
        .ok_or_else(wrong)
}

/// `{knob: value}` from JavaScript; undefined and null are no values at all.
#[inline(never)]
pub fn values(config: JsValue) -> Result<Vec<(String, Value)>, Error> {
    if config.is_undefined() || config.is_null() {
        return Ok(Vec::new());
    }
    let wrong = |got: &JsValue| Error::WrongType {
        name: "config".into(),
        expected: "an object of knobs",
        got: got.js_typeof().as_string().unwrap_or_default(),
    };
    let object: &Object = config.dyn_ref().ok_or_else(|| wrong(&config))?;
    let mut values = Vec::new();
    for entry in Object::entries(object).iter() {
        let pair: js_sys::Array = entry.unchecked_into();
        let id = pair.get(0).as_string().unwrap_or_default();
        let value = value(&id, &pair.get(1))?;
        values.push((id, value));
    }
    Ok(values)
}

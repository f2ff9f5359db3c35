//! A lab's network as a file, with the knobs that decide which network it is, and the way back.

use super::{Config, Knob, Value};
use crate::decimal;
use crate::error::Result;
use crate::formats::safetensors::{self, File};
use crate::formats::{to_json, to_onnx};
use crate::nn::Network;

/// The asset a lab opens with [`opened`] and [`File::fill`].
pub const NETWORK: &str = "network.safetensors";

/// The exports `network.*`; none for another kind. The knobs `ids` go into the file.
pub fn export(kind: &str, net: &Network, config: &Config, ids: &[&'static str]) -> Option<Result<Vec<u8>>> {
    match kind {
        NETWORK => {
            let text = |id| match config.get(id) {
                Value::Text(text) => text.clone(),
                _ => decimal::text(config.float(id)),
            };
            let settings: Vec<_> = ids.iter().map(|&id| (id, text(id))).collect();
            let settings: Vec<_> = settings.iter().map(|(id, text)| (*id, text.as_str())).collect();
            Some(Ok(safetensors::write(net, &settings)))
        }
        "network.json" => Some(Ok(to_json(net).into_bytes())),
        "network.onnx" => Some(to_onnx(net)),
        _ => None,
    }
}

/// `config` with the knobs `ids` as a file has them; where it has none, they stay.
///
/// # Errors
/// What a knob refuses.
pub fn opened(config: &Config, knobs: &[Knob], ids: &[&'static str], file: &File) -> Result<Config> {
    let mut config = config.clone();
    for &id in ids {
        let Some(text) = file.setting(id) else { continue };
        let number = matches!(config.get(id), Value::Number(_)).then(|| decimal::parse(text)).flatten();
        config.set(knobs, id, number.map_or(Value::from(text), |rate| Value::from(meant(rate))))?;
    }
    Ok(config)
}

/// The number that was meant: 0.1 rather than 0.10000000149.
fn meant(rate: f32) -> f64 {
    let short = (f64::from(rate) * 1e6).round() / 1e6;
    if short as f32 == rate { short } else { rate.into() }
}

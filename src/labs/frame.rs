//! What there is to see: named buffers of numbers and named texts, reused from frame to frame.

/// Channels and texts by name. Never depends on canvas size, theme or language.
#[derive(Debug, Default)]
pub struct Frame {
    channels: Vec<Channel>,
    texts: Vec<(&'static str, String)>,
}

/// A matrix of numbers.
#[derive(Debug)]
pub struct Channel {
    /// Its name, documented by the lab.
    pub name: &'static str,
    /// Rows and columns; columns vary fastest.
    pub dims: [usize; 2],
    /// `rows × cols` values; NaN: not measured.
    pub data: Vec<f32>,
}

impl Frame {
    /// The channel `name`, resized to `rows × cols`, to be written whole. Allocates only when it grows.
    pub fn channel(&mut self, name: &'static str, rows: usize, cols: usize) -> &mut [f32] {
        let known = self.channels.iter().position(|c| c.name == name);
        let i = known.unwrap_or_else(|| {
            self.channels.push(Channel { name, dims: [0, 0], data: Vec::new() });
            self.channels.len() - 1
        });
        let channel = &mut self.channels[i];
        channel.dims = [rows, cols];
        channel.data.resize(rows * cols, 0.0);
        &mut channel.data
    }

    /// Sets the text `name`.
    pub fn text(&mut self, name: &'static str, text: &str) {
        let known = self.texts.iter().position(|t| t.0 == name);
        let i = known.unwrap_or_else(|| {
            self.texts.push((name, String::new()));
            self.texts.len() - 1
        });
        let slot = &mut self.texts[i].1;
        slot.clear();
        slot.push_str(text);
    }

    /// The channel `name`.
    pub fn get(&self, name: &str) -> Option<&Channel> {
        self.channels.iter().find(|c| c.name == name)
    }

    /// The text `name`.
    pub fn get_text(&self, name: &str) -> Option<&str> {
        self.texts.iter().find(|t| t.0 == name).map(|t| t.1.as_str())
    }

    /// All channels.
    pub fn iter(&self) -> impl Iterator<Item = &Channel> {
        self.channels.iter()
    }

    /// All texts.
    pub fn texts(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.texts.iter().map(|(name, text)| (*name, text.as_str()))
    }

    /// FNV-1a over every name, size, bit and text, as 12 hexadecimal digits. Same link, same hash, any browser.
    pub fn hash(&self) -> String {
        let mut hash = 0xCBF2_9CE4_8422_2325_u64;
        let mut eat = |byte: u8| hash = (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01B3);
        for channel in &self.channels {
            channel.name.bytes().for_each(&mut eat);
            channel.dims.iter().flat_map(|d| (*d as u32).to_le_bytes()).for_each(&mut eat);
            for value in &channel.data {
                // NaN bits are not deterministic in wasm: write one NaN.
                let bits = if value.is_nan() { 0x7FC0_0000 } else { value.to_bits() };
                bits.to_le_bytes().into_iter().for_each(&mut eat);
            }
        }
        for (name, text) in &self.texts {
            name.bytes().chain(text.bytes()).for_each(&mut eat);
        }
        format!("{:012x}", (hash ^ (hash >> 48)) & 0xFFFF_FFFF_FFFF)
    }
}

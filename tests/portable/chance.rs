//! Streams, their forks, and the shares of schedules: what `libm` and the generator give.

use crate::{hashed, same_bits};
use uncrumple::optim::Schedule;
use uncrumple::rng::Rng;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test;

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn chance_is_the_same_to_the_bit() {
    let draws = |name: &str, f: &dyn Fn(&mut Rng) -> f32| {
        hashed(name, |hash| {
            for seed in [0, 1, u32::MAX] {
                let mut rng = Rng::seeded(seed).fork(3);
                (0..2_000).for_each(|_| hash.numbers(&[f(&mut rng)]));
            }
        })
    };
    let hashes = [
        hashed("bits", |hash| {
            let mut rng = Rng::seeded(5);
            (0..1_000).for_each(|_| hash.bits(rng.next_u32()));
            let mut fork = rng.fork(9).fork(1);
            (0..1_000).for_each(|_| hash.bits(fork.next_u32()));
        }),
        draws("uniform", &Rng::uniform),
        draws("range", &|rng| rng.range(-3.0, 0.7)),
        draws("normal", &Rng::normal),
        hashed("below", |hash| {
            let mut rng = Rng::seeded(6);
            (1..2_000).for_each(|n| hash.bits(rng.below(n * 2_000_003)));
        }),
        hashed("shuffle", |hash| {
            let mut order: Vec<u32> = (0..500).collect();
            Rng::seeded(7).shuffle(&mut order);
            order.iter().for_each(|i| hash.bits(*i));
        }),
    ];
    same_bits("chance", &hashes);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn schedules_are_the_same_to_the_bit() {
    let hashes = Schedule::NAMES.map(|name| {
        let schedule = Schedule::from_name(name).expect("a schedule");
        hashed(name, |hash| (0..4_000).for_each(|step| hash.numbers(&[schedule.at(step)])))
    });
    same_bits("schedules", &hashes);
}

//! How a network is made: nodes stood on their inputs, one after the other, and who reads what.

use super::network::Node;
use super::{MAX_INPUTS, Network, NodeSpec, Spec};
use crate::error::{Error, Result};
use crate::rng::Rng;
use crate::tensor::Shape;

/// Widest activation of a chain that is passed feature by feature: packed panels win beyond, by a tenth in 784-128-128-10.
const COLUMNS: usize = 64;

impl Network {
    /// A plain chain: every layer reads the one before.
    ///
    /// # Errors
    /// Whatever a layer finds wrong with its settings or its input.
    pub fn chain(input: Shape, layers: &[Spec], rng: &mut Rng) -> Result<Self> {
        let nodes =
            layers.iter().enumerate().map(|(i, layer)| NodeSpec { layer: layer.clone(), inputs: vec![i] });
        Self::new(input, &nodes.collect::<Vec<_>>(), rng)
    }

    /// A network of `nodes`, its parameters freshly drawn.
    ///
    /// # Errors
    /// As [`Network::chain`]; [`Error::Length`] for a node that reads none, too many, or a later activation; and
    /// [`Error::Unread`] for a node before the last that no other reads.
    pub fn new(input: Shape, specs: &[NodeSpec], rng: &mut Rng) -> Result<Self> {
        let mut net = Self::wired(input, specs)?;
        net.params = vec![0.0; net.param_len()];
        for node in net.nodes.iter() {
            node.layer.init(&mut net.params[node.params.clone()], rng);
        }
        Ok(net)
    }

    /// A network of `nodes` with these parameters, in node order.
    ///
    /// # Errors
    /// As [`Network::new`]; [`Error::Length`] unless there are as many parameters as the nodes have.
    pub fn with_params(input: Shape, specs: &[NodeSpec], params: Vec<f32>) -> Result<Self> {
        let net = Self::wired(input, specs)?;
        if params.len() != net.param_len() {
            let (expected, got) = (net.param_len(), params.len());
            return Err(Error::Length { what: "parameters", expected, got });
        }
        Ok(Self { params, ..net })
    }

    /// The same network on pictures of another size: padding and places are worked out again, parameters stay where they are.
    ///
    /// # Errors
    /// As [`Network::new`]; [`Error::Length`] where the parameters depend on the size (a dense layer on a picture). It is
    /// then as it was.
    pub fn resize(&mut self, input: Shape) -> Result<()> {
        let net = Self::wired(input, &self.specs)?;
        if net.param_len() != self.params.len() {
            let (expected, got) = (self.params.len(), net.param_len());
            return Err(Error::Length { what: "parameters", expected, got });
        }
        *self = Self { params: std::mem::take(&mut self.params), ..net };
        Ok(())
    }

    /// The geometry, without parameters.
    fn wired(input: Shape, specs: &[NodeSpec]) -> Result<Self> {
        let (mut nodes, mut shapes, mut end, mut work_len) = (Vec::<Node>::new(), vec![input], 0, 0);
        for (i, spec) in specs.iter().enumerate() {
            let read = &spec.inputs;
            let twice = read.iter().enumerate().any(|(k, a)| read[..k].contains(a));
            if read.is_empty() || read.len() > MAX_INPUTS || read.iter().any(|&a| a > i) || twice {
                return Err(Error::Length { what: "inputs of a node", expected: 1, got: read.len() });
            }
            let from: Vec<Shape> = read.iter().map(|&a| shapes[a]).collect();
            let layer = spec.layer.build(&from).map_err(|e| match e {
                Error::Geometry { kind, input, .. } => Error::Geometry { node: i, kind, input },
                other => other,
            })?;
            shapes.push(layer.output());
            let params = end..end + layer.param_len();
            end = params.end;
            let (output, aux_len, link) = (layer.output(), layer.aux_len(), layer.link());
            work_len = work_len.max(layer.work_len());
            let (inputs, next, read, aside) = (read.clone(), Vec::new(), usize::MAX, 0);
            let (clip, unclip) = (None, None);
            nodes.push(Node {
                layer,
                link,
                inputs,
                params,
                next,
                read,
                aside,
                output,
                aux_len,
                clip,
                unclip,
            });
        }
        for i in 0..nodes.len() {
            let reader = |a: usize| {
                let later = nodes[i + 1..].iter().position(|n| n.inputs.contains(&a));
                later.map_or(usize::MAX, |k| i + 1 + k)
            };
            let (next, read): (Vec<usize>, _) =
                (nodes[i].inputs.iter().map(|&a| reader(a)).collect(), reader(i + 1));
            let both = nodes[i].inputs.iter().zip(&next).filter(|(_, next)| **next < specs.len());
            nodes[i].aside = both.map(|(&a, _)| shapes[a].len()).sum();
            (nodes[i].next, nodes[i].read) = (next, read);
            let alone = nodes[i].inputs == [i] && nodes[i].next == [usize::MAX];
            if i > 0 && alone && nodes[i - 1].layer.clips() {
                nodes[i - 1].clip = nodes[i].layer.clip();
            }
            if i > 1 && alone && nodes[i].layer.clips() {
                nodes[i].unclip = nodes[i - 2].clip;
            }
        }
        let unread = (1..nodes.len()).find(|a| !nodes.iter().any(|n| n.inputs.contains(a)));
        if let Some(a) = unread {
            return Err(Error::Unread { node: a - 1, kind: nodes[a - 1].layer.kind() });
        }
        let linked = nodes.iter().enumerate().all(|(i, n)| n.link.is_some() && n.inputs == [i]);
        let widest = shapes.iter().map(|s| s.len()).max().unwrap_or(0);
        let chain = linked && widest <= COLUMNS;
        Ok(Self {
            input,
            nodes: nodes.into(),
            specs: specs.into(),
            work_len,
            widest,
            chain,
            params: Vec::new(),
        })
    }

    /// Geometry of one input row.
    pub fn input(&self) -> Shape {
        self.input
    }

    /// Numbers of all parameters.
    fn param_len(&self) -> usize {
        self.nodes.last().map_or(0, |node| node.params.end)
    }
}

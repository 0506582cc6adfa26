"""The network as an ONNX graph for one sequence at a time, in int8 where it does not hurt.

Written node by node with onnxruntime's fused operators rather than traced: what is shipped is
what stands here, and every run gives the same bytes.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from training.net import ATTENTION_HEADS, LAYERS, READING, VECTORS, WIDTH, Reader

MICROSOFT = "com.microsoft"


class _Graph:
    """Nodes and constants as they are added; each method returns its output's name."""

    def __init__(self, int8: bool) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        self.int8 = int8
        self._count = 0

    def constant(self, value: np.ndarray) -> str:
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def op(
        self, kind: str, *inputs: str, domain: str = "", outputs: int = 1, **attributes: Any
    ) -> str:
        names = []
        for _ in range(outputs):
            names.append(f"n{self._count}")
            self._count += 1
        self.nodes.append(helper.make_node(kind, inputs, names, domain=domain, **attributes))
        return names[0] if outputs == 1 else names

    def linear(self, x: str, weight: np.ndarray, bias: np.ndarray | None, int8: bool = True) -> str:
        """``weight`` [out, in] as torch keeps it."""
        if int8 and self.int8:
            scale = np.abs(weight).max(1) / 127
            rounded = np.round(weight / scale[:, None]).astype(np.int8)
            inputs = [x, self.constant(rounded.T), self.constant(scale.astype(np.float32))]
            inputs.append(self.constant(np.zeros(len(scale), np.int8)))
            if bias is not None:
                inputs.append(self.constant(bias))
            return self.op("DynamicQuantizeMatMul", *inputs, domain=MICROSOFT)
        y = self.op("MatMul", x, self.constant(weight.T))
        return y if bias is None else self.op("Add", y, self.constant(bias))

    def norm(self, x: str, skip: str, module: nn.LayerNorm) -> str:
        gamma, beta = self.constant(_array(module.weight)), self.constant(_array(module.bias))
        # onnxruntime's fused SkipLayerNormalization takes ten times as long on a CPU.
        return self.op("LayerNormalization", self.op("Add", x, skip), gamma, beta, epsilon=1e-12)

    def gelu(self, x: str) -> str:
        return self.op("Gelu", x, domain=MICROSOFT)

    def rename(self, name: str, to: str) -> None:
        self.nodes.append(helper.make_node("Identity", [name], [to]))


def _array(tensor: Tensor) -> np.ndarray:
    return tensor.detach().float().numpy()


def build(net: Reader, int8: bool = True) -> onnx.ModelProto:
    """The graph: ids, features [pieces], first [words] → one row a word of every head."""
    g = _Graph(int8)
    x = _encoder(g, net)
    h = g.op("Gather", x, "first", axis=1)
    h = g.op("Squeeze", h, g.constant(np.array([0], np.int64)))
    outputs = _heads(g, net, h)
    graph = helper.make_graph(
        g.nodes,
        "wirewatch",
        [
            helper.make_tensor_value_info("ids", TensorProto.INT64, ["pieces"]),
            helper.make_tensor_value_info("features", TensorProto.INT64, ["pieces"]),
            helper.make_tensor_value_info("first", TensorProto.INT64, ["words"]),
        ],
        [
            helper.make_tensor_value_info(name, TensorProto.FLOAT, ["words", width])
            for name, width in outputs.items()
        ],
        g.constants,
    )
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(MICROSOFT, 1)]
    model = helper.make_model(graph, opset_imports=opsets, producer_name="wirewatch")
    model.ir_version = 8
    onnx.checker.check_model(model)
    return model


def _encoder(g: _Graph, net: Reader) -> str:
    e = net.encoder
    table = _array(e.pieces.weight)
    if g.int8:
        scale = np.maximum(np.abs(table).max(1, keepdims=True), 1e-9) / 127
        rows = g.op("Gather", g.constant(np.round(table / scale).astype(np.int8)), "ids", axis=0)
        rows = g.op("Cast", rows, to=TensorProto.FLOAT)
        scales = g.op("Gather", g.constant(scale.astype(np.float32)), "ids", axis=0)
        rows = g.op("Mul", rows, scales)
    else:
        rows = g.op("Gather", g.constant(table), "ids", axis=0)
    cases = g.op("Gather", g.constant(_array(e.features.weight)), "features", axis=0)
    zero = g.constant(np.array([0], np.int64))
    length = g.op("Shape", "ids")
    positions = g.op("Slice", g.constant(_array(e.positions.weight)), zero, length, zero)
    rows = g.op("Unsqueeze", g.op("Add", rows, cases), zero)
    x = g.norm(rows, g.op("Unsqueeze", positions, zero), e.norm)
    for i in range(LAYERS):
        layer = e.layers[i]
        qkv = g.linear(x, _array(layer.qkv.weight), _array(layer.qkv.bias))
        split = g.constant(np.array([WIDTH] * 3, np.int64))
        q, k, v = g.op("Split", qkv, split, outputs=3, axis=2)
        a = g.op("MultiHeadAttention", q, k, v, domain=MICROSOFT, num_heads=ATTENTION_HEADS)
        a = g.linear(a, _array(layer.out.weight), _array(layer.out.bias))
        x = g.norm(a, x, layer.norm1)
        u = g.gelu(g.linear(x, _array(layer.up.weight), _array(layer.up.bias)))
        d = g.linear(u, _array(layer.down.weight), _array(layer.down.bias))
        x = g.norm(d, x, layer.norm2)
    return x


def _heads(g: _Graph, net: Reader, h: str) -> dict[str, object]:
    found: dict[str, object] = {}

    def put(name: str, value: str, width: object) -> None:
        g.rename(value, name)
        found[name] = width

    def plain(x: str, module: nn.Linear) -> str:
        bias = None if module.bias is None else _array(module.bias)
        return g.linear(x, _array(module.weight), bias, int8=False)

    put("tag", plain(h, net.tag), net.sizes.tags)
    put("pos", plain(h, net.pos), net.sizes.pos)
    put("entity", g.op("LogSoftmax", plain(h, net.entity), axis=-1), net.sizes.entities)
    put("start", g.op("Sigmoid", plain(h, net.start)), 1)
    dep = g.gelu(plain(h, net.arc_dep))
    head = g.gelu(plain(h, net.arc_head))
    dep = g.linear(dep, _array(net.arc).T, _array(net.arc_bias), int8=False)
    put("arcs", g.op("MatMul", dep, g.op("Transpose", head, perm=[1, 0])), "words")
    put("label_dep", plain(h, net.label_dep), net.label_dep.out_features)
    put("label_head", plain(h, net.label_head), net.label_head.out_features)
    r = g.gelu(plain(h, net.read))
    for name, width in READING.items():
        put(name, g.op("LogSoftmax", plain(r, net.reading[name]), axis=-1), width)
    for name, width in VECTORS.items():
        put(name, plain(r, net.vectors[name]), width)
    return found


def save(net: Reader, path: Path, int8: bool = True) -> None:
    """Write the graph; it is the same bytes for the same weights."""
    path.write_bytes(build(net, int8).SerializeToString(deterministic=True))

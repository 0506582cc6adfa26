"""The learned part of the reader: one small encoder with many heads, run by onnxruntime."""

"""fp16 and int8 variants of fused graphs: networks with narrower arithmetic, proven to answer nearly as the fp32 ones.

`layers` says what a network is made of, `half` and `int8` narrow one network, `search` leaves out layers, `difference`
measures a variant against fp32 and words what the bundle says of it, `variant` joins them.
"""

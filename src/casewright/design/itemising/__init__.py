"""How documents fall into requirement items: `casewright.design.items` is the face of it."""

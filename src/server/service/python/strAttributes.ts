function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' ').filter((word) => word !== ''));
}

const everywhere =
  '__class__ __delattr__ __dir__ __doc__ __eq__ __format__ __ge__ __getattribute__ __getstate__ __gt__ __hash__ __init__ __init_subclass__ __le__ __lt__ __ne__ __new__ __reduce__ __reduce_ex__ __repr__ __setattr__ __sizeof__ __str__ __subclasshook__';

/** What Python finds on a text, in some version: `dir(str)`. */
export const strAttributes = words(
  `${everywhere} __add__ __contains__ __getitem__ __getnewargs__ __iter__ __len__ __mod__ __mul__ __rmod__ __rmul__ capitalize casefold center count encode endswith expandtabs find format format_map index isalnum isalpha isascii isdecimal isdigit isidentifier islower isnumeric isprintable isspace istitle isupper join ljust lower lstrip maketrans partition removeprefix removesuffix replace rfind rindex rjust rpartition rsplit rstrip split splitlines startswith strip swapcase title translate upper zfill`,
);

/** What it finds on a method of a text: `dir(str().upper)`. */
export const methodAttributes = words(
  `${everywhere} __call__ __module__ __name__ __qualname__ __self__ __text_signature__`,
);

/** Attributes of a text that are methods written in C and have its name in their type. */
export function isMethod(attribute: string): boolean {
  return strAttributes.has(attribute) && !attribute.startsWith('__');
}

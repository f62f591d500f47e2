"""Writes two versions of a contract of about 20,000 lines: python3 big_contract.py OLD NEW"""
import sys

THINGS = 262
GROUP = 10


def neighbour(thing, step, start):
    """Things refer to others of their group only."""
    first = thing // GROUP * GROUP
    return first + (thing * step + start) % GROUP if first + GROUP <= THINGS else thing


def operation(method, thing, later):
    yield f"    {method}:"
    yield f"      operationId: {method}Thing{thing}"
    yield f"      summary: {method} a thing"
    yield f"      tags: [area{thing % 12}]"
    if method == "get":
        yield "      parameters:"
        for number in range(2):
            most = 50 if later and thing == 5 else 100 + number
            yield from (f"        - name: q{number}", "          in: query", "          schema:", "            type: integer", "            minimum: 0", f"            maximum: {most}")
    else:
        yield from ("      requestBody:", "        required: true", "        content:", "          application/json:", f"            schema: {{ $ref: '#/components/schemas/Thing{thing}' }}")
    yield from ("      responses:", "        '200':", "          description: fine", "          content:", "            application/json:",
                f"              schema: {{ $ref: '#/components/schemas/Thing{thing}' }}", "        default:", "          description: not fine", "          content:",
                "            application/problem+json:", "              schema: { $ref: '#/components/schemas/Problem' }")


def schema(thing, later):
    yield from (f"    Thing{thing}:", "      type: object", "      required: [id, name]", "      properties:", "        id:", "          type: string", "          format: uuid",
                "        name:", "          type: string", f"          maxLength: {40 if later and thing % 50 == 3 else 80}",
                "        kind:", "          type: string", f"          enum: [a, b, c{', d' if later and thing % 40 == 1 else ''}]",
                "        tags:", "          type: array", "          items:", "            type: string", "            pattern: '^[a-z]+$'", "        amount:", "          type: number", "          minimum: 0",
                f"        next: {{ $ref: '#/components/schemas/Thing{neighbour(thing, 7, 1)}' }}", f"        other: {{ $ref: '#/components/schemas/Thing{neighbour(thing, 3, 2)}' }}")
    if later and thing % 30 == 0:
        yield "        note: { type: string }"


def document(later):
    yield from ("openapi: 3.1.0", f"info: {{ title: big, version: 1.{int(later)}.0 }}", "paths:")
    for thing in range(THINGS):
        yield from (f"  /area{thing % 12}/things{thing}/{{id}}:", "    parameters:", "      - name: id", "        in: path", "        required: true", "        schema: { type: string, format: uuid }")
        for method in ("get", "put"):
            yield from operation(method, thing, later)
    yield from ("components:", "  schemas:", "    Problem:", "      type: object", "      properties:", "        title: { type: string }", "        status: { type: integer }")
    for thing in range(THINGS):
        yield from schema(thing, later)


for path, later in ((sys.argv[1], False), (sys.argv[2], True)):
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(document(later)) + "\n")

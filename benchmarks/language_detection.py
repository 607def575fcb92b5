"""`python -m benchmarks.language_detection`: how often a text's language is told right.

English: the rated texts (dev split) by domain. Chinese: reviews, where
`build/chinese/reviews/dev.jsonl` has been prepared. Others: short sentences in Latin letters that
no bundle reads; right means held back.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from export.runtime.text_language import detect_language

BUILD = Path("build")
_OTHERS = (
    "Le film était vraiment magnifique.|C'est nul.|Très bon produit|J'ai adoré ce livre|"
    "Je ne recommande pas du tout|Livraison rapide, merci|Service client horrible|"
    "Ich liebe dieses Produkt!|Sehr gut|Das Essen war kalt und teuer.|Nie wieder!|"
    "Der Film war langweilig|Die Lieferung kam zu spät|No me gusta nada|Muy bueno|"
    "La comida estaba deliciosa|El servicio es pésimo|Me encanta este teléfono|Non mi piace|"
    "Ottimo|Il film era bellissimo|Pessimo servizio, non lo consiglio|Isso é ruim|"
    "Muito bom produto|Adorei o filme|O atendimento foi péssimo|Bardzo dobry film|Nie polecam|"
    "Het is een goede film|Heel slecht product|Ik vind dit geweldig|Filmen var bra|"
    "Jag älskar den här boken|Maden var dejlig|Det var en dårlig oplevelse|"
    "Elokuva oli todella hyvä|Bu film çok güzeldi|Hiç beğenmedim|Phim này rất hay|Dịch vụ quá tệ|"
    "Saya suka film ini|Pelayanannya buruk sekali|Film byl skvělý|Nagyon jó film volt|"
    "Filmul a fost foarte bun|Ang ganda ng pelikula|Tôi rất thích|Sản phẩm tốt|Produk ini bagus|"
    "Tidak memuaskan"
)  # 20 languages, a bar between two sentences


def main() -> int:
    """Print a line for each group; returns the exit code."""
    detect_language("Loads the model.")
    groups: dict[str, list[str]] = {}
    for row in _rows(BUILD / "vader" / "dev.jsonl"):
        groups.setdefault(row["domain"], []).append(row["text"])
    if not groups:
        print("Run `make models` or `bert-tf prepare vader --output build/vader` first.")
        return 2
    print(f"{'texts':<14} {'number':>7} {'right':>7} {'ms a text':>10}")
    for domain, texts in groups.items():
        _report(domain, texts, wanted="en")
    reviews = [row["text"] for row in _rows(BUILD / "chinese" / "reviews" / "dev.jsonl")]
    if reviews:
        _report("zh reviews", reviews, wanted="zh")
    _report("held back", _OTHERS.split("|"), wanted=None)
    return 0


def _report(name: str, texts: Sequence[str], *, wanted: str | None) -> None:
    start = time.perf_counter()
    codes = [detect_language(text).code for text in texts]
    per_text = 1000 * (time.perf_counter() - start) / len(texts)
    right = sum(code == wanted if wanted else code not in ("en", "zh") for code in codes)
    print(f"{name:<14} {len(texts):>7,} {right / len(texts):>7.3f} {per_text:>10.3f}")


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    sys.exit(main())

"""Layer 1: words for what is wrong: findings, their code table, exceptions, bilingual text."""

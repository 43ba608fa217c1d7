"""Password hashing."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class OwaspArgon2Hasher(Argon2PasswordHasher):
    """Argon2id with OWASP's parameters: 19 MiB, two passes, one lane; about 25 ms."""

    memory_cost = 19_456
    time_cost = 2
    parallelism = 1

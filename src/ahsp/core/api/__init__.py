"""What every part of the API rests on: errors as problem+json, entity tags, pages by cursor, ready bodies."""

"""The fictional service: who works there, whom they meet. Demo and tests only, refused in production."""

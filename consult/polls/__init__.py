"""What a round asks beside comments: guiding questions, straw polls and consensus calls."""
